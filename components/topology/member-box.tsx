import { cx } from 'class-variance-authority'
import { lagTip, memberLook } from '#components/cluster/member-look.ts'
import type { Judged } from '#components/cluster/judge.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { fitText, fitWording } from './fit-text.ts'
import type { Box } from './lay-out.ts'
import { stateLine, walLine, type Line } from './member-lines.ts'

export function MemberBox({ box, isPresent }: { box: Box; isPresent: boolean }) {
  return (
    <rect
      x={box.x}
      y={box.y}
      width={box.width}
      height={box.height}
      rx={10}
      strokeDasharray={isPresent ? undefined : '4 4'}
      className={isPresent ? 'fill-raised stroke-line' : 'fill-panel stroke-line-strong'}
    />
  )
}

/** What is written in a member's box; drawn after the ring, which lies below it. */
export function MemberText({ box, member, judged }: { box: Box; member: MemberSnapshot; judged: Judged }) {
  const look = memberLook(member, judged.assessment.findings, judged.now)
  const isCurrent = look.isCurrent && judged.isHearing
  const left = box.x + inset
  const room = box.width - 2 * inset
  const timeline = member.timeline === null || box.width < 150 ? null : `TL ${member.timeline}`
  const state = stateLine({ member, look, judged })
  const wal = walLine({ member, look, judged })
  return (
    <g>
      <text x={left} y={box.y + 26} className={cx('text-base font-semibold', isCurrent ? 'fill-text' : 'fill-muted')}>
        {fitText(member.name, room - (timeline ? 44 : 0), 7.6)}
      </text>
      {timeline ? (
        <text x={box.x + box.width - inset} y={box.y + 26} textAnchor="end" className="fill-muted font-mono text-xs">
          {timeline}
        </text>
      ) : null}
      <text x={left} y={box.y + 46} className={cx('text-sm', fills[state.tone])}>
        {fitWording(state.wordings, room, 6.2)}
      </text>
      {wal ? (
        <text
          x={left}
          y={box.y + 65}
          data-tip={lagTip(member.replayLag)}
          className={cx('font-mono text-xs', fills[wal.tone])}
        >
          {fitWording(wal.wordings, room, 6.7)}
        </text>
      ) : null}
    </g>
  )
}

const inset = 15

const fills = {
  plain: 'fill-muted',
  lead: 'fill-lead',
  warn: 'fill-warn',
  bad: 'fill-bad',
} as const satisfies Record<Line['tone'], string>
