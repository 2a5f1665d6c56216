import { formatInstant } from '#domain/format.ts'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { pointAt, type ChartLine, type ChartTime, type Unit } from './chart-line.ts'
import { pointClock } from './chart-summary.ts'
import { tellValueOr } from './value-words.ts'

interface ChartTableProps {
  title: string
  lines: readonly ChartLine[]
  time: ChartTime
  unit: Unit
  zone: string
}

/** All that a chart shows as figures, newest first. */
export function ChartTable({ title, lines, time, unit, zone }: ChartTableProps) {
  const points = Array.from({ length: time.points }, (_, index) => time.points - 1 - index)
  return (
    <div role="region" tabIndex={0} aria-label={`Figures of ${title}`} className="max-h-72 overflow-auto">
      <Table aria-label={title}>
        <thead className="sticky top-0 bg-panel">
          <tr>
            <Th>When</Th>
            {lines.map(({ name }) => (
              <Th key={name} align="right">
                {name === '' ? title : name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point}>
              <Td data-tip={formatInstant(pointAt(time, point))} className="whitespace-nowrap text-muted">
                {pointClock(time, point, zone)}
              </Td>
              {lines.map((line) => (
                <Td key={line.name} align="right" className={line.avg[point] == null ? 'text-faint' : 'font-mono'}>
                  {tellValueOr(line.avg[point], unit)}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
