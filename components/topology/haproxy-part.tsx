import { cx } from 'class-variance-authority'
import { formatAge } from '#domain/format.ts'
import type { HaproxySnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { Column, TopologyLayout } from './lay-out.ts'
import { sessionsOf } from './routes.ts'

interface HaproxyPartProps {
  layout: TopologyLayout
  haproxy: HaproxySnapshot
  /** By member name. */
  ways: ReadonlyMap<string, Way>
  now: Date
}

/** What HAProxy does with one member. */
export interface Way {
  carries: 'writes' | 'stray-writes' | 'none'
  isUp: boolean
}

/** HAProxy and its ways to the members; those that writes take are drawn last, above the others. */
export function HaproxyPart({ layout, haproxy, ways, now }: HaproxyPartProps) {
  const box = layout.haproxy
  if (!box) return null
  const isOld = isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)
  const drawn = layout.columns
    .map((column) => ({ column, way: ways.get(column.name) ?? noWay }))
    .toSorted((one, other) => Number(one.way.carries !== 'none') - Number(other.way.carries !== 'none'))
  return (
    <g>
      {drawn.map(({ column, way }) => (
        <path
          key={column.name}
          d={wayTo(column, box.y + box.height, layout.width / 2)}
          strokeWidth={way.carries === 'none' ? 1.5 : 2.5}
          strokeDasharray={way.isUp && !isOld ? undefined : '3 5'}
          className={cx('fill-none', strokes[way.carries])}
        />
      ))}
      <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={8} className="fill-raised stroke-line" />
      <text x={box.x + 15} y={box.y + 21.5} className={cx('text-sm', isOld ? 'fill-muted' : 'fill-text')}>
        HAProxy
      </text>
      <text
        x={box.x + box.width - 15}
        y={box.y + 21.5}
        textAnchor="end"
        data-tip={haproxy.problem?.sentence}
        className={cx('font-mono text-xs', haproxy.problem ? 'fill-warn' : 'fill-muted')}
      >
        {sideWord(haproxy, isOld, now)}
      </text>
    </g>
  )
}

function sideWord(haproxy: HaproxySnapshot, isOld: boolean, now: Date): string {
  if (haproxy.seenAt === null) return 'not seen yet'
  if (isOld) return `seen ${formatAge(haproxy.seenAt, now)} ago`
  const sessions = sessionsOf(haproxy)
  return `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`
}

/** Down from HAProxy, along, and down to the column, with round corners. */
function wayTo(column: Column, from: number, start: number): string {
  const to = (column.pooler ?? column.member).y
  const turn = from + 18
  const along = column.centre - start
  if (Math.abs(along) < 1) return `M${start} ${from}V${to}`
  const r = Math.min(8, Math.abs(along) / 2)
  const side = Math.sign(along)
  return [
    `M${start} ${from}V${turn - r}`,
    `Q${start} ${turn} ${start + side * r} ${turn}`,
    `H${column.centre - side * r}`,
    `Q${column.centre} ${turn} ${column.centre} ${turn + r}`,
    `V${to}`,
  ].join('')
}

const noWay: Way = { carries: 'none', isUp: false }

const strokes = { writes: 'stroke-lead', 'stray-writes': 'stroke-bad', none: 'stroke-line' } as const
