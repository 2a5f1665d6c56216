import { cx } from 'class-variance-authority'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { Column } from './lay-out.ts'

interface PoolerBoxProps {
  column: Column
  member: MemberSnapshot
  carriesWrites: boolean
  now: Date
}

export function PoolerBox({ column, member, carriesWrites, now }: PoolerBoxProps) {
  const box = column.pooler
  if (!box || !member.pooler) return null
  const { port, seenAt, problem } = member.pooler
  const isDown = problem !== null
  const isOld = isStale(seenAt, now, lookIntervalsMs.pooler)
  const isGold = carriesWrites && !isDown
  return (
    <g>
      <path
        d={`M${column.centre} ${box.y + box.height}V${column.member.y}`}
        strokeWidth={isGold ? 2.5 : 1.5}
        className={cx('fill-none', isGold ? 'stroke-lead' : 'stroke-line')}
      />
      <rect
        x={box.x}
        y={box.y}
        width={box.width}
        height={box.height}
        rx={8}
        strokeDasharray={isDown ? '4 4' : undefined}
        className={isDown ? 'fill-panel stroke-line-strong' : 'fill-raised stroke-line'}
      />
      <text x={box.x + 15} y={box.y + 19.5} className={cx('text-sm', isDown || isOld ? 'fill-muted' : 'fill-text')}>
        {box.width < 130 ? 'pgB' : 'pgBouncer'}
      </text>
      <text
        x={box.x + box.width - 15}
        y={box.y + 19.5}
        textAnchor="end"
        data-tip={problem?.sentence}
        className={cx('font-mono text-xs', isDown ? 'fill-bad' : 'fill-muted')}
      >
        {isDown ? 'no answer' : `:${port}`}
      </text>
    </g>
  )
}
