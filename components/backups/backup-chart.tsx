'use client'

import { useMemo } from 'react'
import { isInDays, timeTicks } from '#components/time/time-ticks.ts'
import { useZone } from '#components/time/zone.ts'
import { backupTypes, backupTypeWord, type Backup } from '#domain/backup/backup.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { BackupShape } from './backup-shape.tsx'
import { ChartPanel } from './chart-panel.tsx'
import { chartPoints, type ChartPoint } from './chart-points.ts'
import { chartHeight } from './chart-height.ts'

interface BackupChartProps {
  backups: readonly Backup[]
  now: Date
}

/** How large the database was, what each backup added and how long it took, one above the other on one axis of time. */
export function BackupChart({ backups, now }: BackupChartProps) {
  const zone = useZone()
  const points = useMemo(() => chartPoints(backups), [backups])
  const span = spanOf(points, now)
  const [from, to] = span
  const ticks = timeTicks(from, to, zone, mostTicks)
  const time = { span, ticks, isInDays: isInDays(from, to, mostTicks), zone }
  const hasRepositories = points.some(({ repository }) => repository !== points[0]?.repository)
  const types = backupTypes.filter((type) => points.some((point) => point.type === type))
  return (
    <div className={`grid content-start gap-4 ${chartHeight}`}>
      {panels.map(({ amount, title, tell }, index) => (
        <ChartPanel
          key={amount}
          points={points}
          amount={amount}
          title={title}
          summary={summaryOf(points, amount, title, tell)}
          tell={tell}
          time={time}
          isLast={index === panels.length - 1}
          hasRepositories={hasRepositories}
        />
      ))}
      <ul aria-label="Marks" className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        {types.map((type) => (
          <li key={type} className="flex items-center gap-1.5">
            <BackupShape type={type} />
            {backupTypeWord(type)}
          </li>
        ))}
      </ul>
    </div>
  )
}

const panels = [
  { amount: 'databaseBytes', title: 'Database', tell: formatBytes },
  { amount: 'addedBytes', title: 'Added to the repository', tell: formatBytes },
  { amount: 'durationMs', title: 'Duration', tell: formatDuration },
] as const satisfies { amount: keyof ChartPoint; title: string; tell: (amount: number) => string }[]

/** As many names as there is room for on a phone. */
const mostTicks = 5

/** From the oldest backup to now, with a little room before it. */
function spanOf(points: readonly ChartPoint[], now: Date): [number, number] {
  const to = Math.max(now.getTime(), points.at(-1)?.at ?? 0)
  const lengthMs = Math.max(to - (points[0]?.at ?? to), shortestMs)
  return [to - lengthMs * 1.03, to + lengthMs * 0.02]
}

const shortestMs = 600_000

/** For those who do not see the drawing: the table beside it has each amount. */
function summaryOf(
  points: readonly ChartPoint[],
  amount: (typeof panels)[number]['amount'],
  title: string,
  tell: (amount: number) => string,
): string {
  const amounts = points.map((point) => point[amount])
  const last = amounts.at(-1)
  if (last === undefined) return `${title}: no backup yet.`
  const range = `${tell(Math.min(...amounts))} to ${tell(Math.max(...amounts))}`
  return `${title} of the newest ${count(amounts.length, 'backup')}: ${range}, the last ${tell(last)}. Each stands in the table of backups.`
}
