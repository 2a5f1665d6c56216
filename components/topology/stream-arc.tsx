import { cx } from 'class-variance-authority'
import { isLagHigh, lagText, lagTip } from '#components/cluster/member-look.ts'
import type { Judged } from '#components/cluster/judge.ts'
import { formatAge } from '#domain/format.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import { arcDepth, type TopologyLayout } from './lay-out.ts'
import type { Stream } from './streams.ts'

interface StreamArcProps {
  stream: Stream
  layout: TopologyLayout
  judged: Judged
}

/** WAL flowing below the members, as a hanging line with what is still to be received at its lowest point. */
export function StreamArc({ stream, layout, judged }: StreamArcProps) {
  const from = layout.columns.findIndex((column) => column.name === stream.from)
  const to = layout.columns.findIndex((column) => column.name === stream.to)
  const source = layout.columns[from]
  const target = layout.columns[to]
  if (!source || !target) return null

  const reach = Math.abs(from - to)
  const side = Math.sign(to - from)
  const startX = source.centre + side * (10 + 10 * (4 - Math.min(reach, 4)))
  const endX = target.centre - side * 18
  const depth = arcDepth(reach)
  const top = layout.arcsFrom
  const labelX = (startX + endX) / 2
  const labelY = top + depth * 0.75

  const isOld = !judged.isHearing || isStale(stream.lagObservedAt, judged.now)
  const isHigh = isLagHigh(stream.receiveLag, judged.assessment.forecast.allowedLagBytes)
  const label = labelOf(stream, isOld, judged.now)
  const { stroke, fill } = looks[lookOf(isOld, isHigh)]

  return (
    <g>
      <path
        d={`M${startX} ${top}C${startX} ${top + depth} ${endX} ${top + depth} ${endX} ${top + 7}`}
        strokeWidth={1.6}
        strokeDasharray="4 4"
        className={cx('fill-none', stroke)}
      />
      <path d={`M${endX} ${top + 2}l4.2 7h-8.4z`} className={fill} />
      <rect
        x={labelX - label.length * 3.5 - 7}
        y={labelY - 9}
        width={label.length * 7 + 14}
        height={18}
        className="fill-panel"
      />
      <text
        x={labelX}
        y={labelY + 4}
        textAnchor="middle"
        data-tip={lagTip(stream.receiveLag)}
        className={cx('font-mono text-xs', isHigh && !isOld ? 'fill-warn' : 'fill-muted')}
      >
        {label}
      </text>
    </g>
  )
}

const looks = {
  old: { stroke: 'stroke-line-strong', fill: 'fill-line-strong' },
  high: { stroke: 'stroke-warn', fill: 'fill-warn' },
  fine: { stroke: 'stroke-ok', fill: 'fill-ok' },
} as const

function lookOf(isOld: boolean, isHigh: boolean): keyof typeof looks {
  if (isOld) return 'old'
  return isHigh ? 'high' : 'fine'
}

function labelOf(stream: Stream, isOld: boolean, now: Date): string {
  const lag = lagText(stream.receiveLag) ?? 'lag unknown'
  const text = lag === 'unknown' ? 'lag unknown' : lag
  return isOld && stream.lagObservedAt ? `${text}, ${formatAge(stream.lagObservedAt, now)} ago` : text
}
