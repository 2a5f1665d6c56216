import { cx } from 'class-variance-authority'
import { formatAge } from '#domain/format.ts'
import type { HaproxySnapshot } from '#domain/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/staleness.ts'
import type { Column, TopologyLayout } from './lay-out.ts'
import { sessionsOf, type Route } from './routes.ts'

interface HaproxyPartProps {
  layout: TopologyLayout
  haproxy: HaproxySnapshot
  routes: Map<string, Route>
  leader: string | null
  now: Date
}

/** HAProxy and its ways to the members; the one that writes take is gold and drawn last, above the others. */
export function HaproxyPart({ layout, haproxy, routes, leader, now }: HaproxyPartProps) {
  const box = layout.haproxy
  if (!box) return null
  const isOld = isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)
  const ways = layout.columns
    .map((column) => ({ column, route: routes.get(column.name), isGold: false }))
    .map((way) => ({ ...way, isGold: !isOld && way.column.name === leader && way.route?.isOnly === true }))
    .toSorted((one, other) => Number(one.isGold) - Number(other.isGold))
  return (
    <g>
      {ways.map(({ column, route, isGold }) => (
        <path
          key={column.name}
          d={wayTo(column, box.y + box.height, layout.width / 2)}
          strokeWidth={isGold ? 2.5 : 1.5}
          strokeDasharray={route?.isUp ? undefined : '3 5'}
          className={cx('fill-none', isGold ? 'stroke-lead' : 'stroke-line')}
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
