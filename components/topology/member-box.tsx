import { cx } from 'class-variance-authority'
import { isLagHigh, lagText, lagTip, memberLook, roleWord, type MemberLook } from '#components/cluster/member-look.ts'
import type { Judged } from '#components/cluster/use-judged.ts'
import { toneText } from '#components/ui/state-mark.tsx'
import { formatAge, formatDuration } from '#domain/format.ts'
import type { MemberSnapshot } from '#domain/snapshot.ts'
import { isStale } from '#domain/staleness.ts'
import { fitText } from './fit-text.ts'
import type { Box } from './lay-out.ts'

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

export function MemberText({ box, member, judged }: { box: Box; member: MemberSnapshot; judged: Judged }) {
  const { snapshot, assessment, now, isHearing } = judged
  const look = memberLook(member, assessment.findings, now)
  const isLeader = snapshot.leader?.name === member.name
  const isCurrent = look.isCurrent && isHearing
  const left = box.x + 15
  const right = box.x + box.width - 15
  const timeline = member.timeline === null || box.width < 150 ? null : `TL ${member.timeline}`
  const nameRoom = box.width - 30 - (timeline ? 44 : 0)
  return (
    <g className={isCurrent ? '' : 'opacity-75'}>
      <text x={left} y={box.y + 26} className={cx('text-base font-semibold', isCurrent ? 'fill-text' : 'fill-muted')}>
        {fitText(member.name, nameRoom, 7.6)}
      </text>
      {timeline ? (
        <text x={right} y={box.y + 26} textAnchor="end" className="fill-muted font-mono text-xs">
          {timeline}
        </text>
      ) : null}
      <text x={left} y={box.y + 46} className={cx('text-sm', stateFill(look, isLeader && isCurrent))}>
        {fitText(stateLine({ member, look, isLeader, judged }), box.width - 30, 6.4)}
      </text>
      <LagLine
        member={member}
        judged={judged}
        look={look}
        isLeader={isLeader}
        x={left}
        y={box.y + 65}
        room={box.width - 30}
      />
    </g>
  )
}

interface LagLineProps {
  member: MemberSnapshot
  look: MemberLook
  judged: Judged
  isLeader: boolean
  x: number
  y: number
  room: number
}

function LagLine({ member, judged, look, isLeader, x, y, room }: LagLineProps) {
  const line = lastLine({ member, look, isLeader, now: judged.now })
  if (line === null) return null
  const isHigh = look.isCurrent && !isLeader && isLagHigh(member.replayLag, judged.assessment.forecast.allowedLagBytes)
  const isOff = look.isCurrent && isLeader && member.isWritable === false
  return (
    <text
      x={x}
      y={y}
      data-tip={isLeader ? undefined : lagTip(member.replayLag)}
      className={cx('font-mono text-xs', isOff && 'fill-bad', isHigh && 'fill-warn', !isOff && !isHigh && 'fill-muted')}
    >
      {fitText(line, room, 6.7)}
    </text>
  )
}

function stateLine({
  member,
  look,
  isLeader,
  judged,
}: {
  member: MemberSnapshot
  look: MemberLook
  isLeader: boolean
  judged: Judged
}) {
  if (!look.isCurrent) return isLeader ? `leader, ${look.word}` : look.word
  if (!isLeader) return `${roleWord(member.role)}, ${look.word}`
  const since = judged.snapshot.leader?.since ?? judged.snapshot.leader?.historySince
  const word = roleWord(member.role === 'standby_leader' ? 'standby_leader' : 'leader')
  if (look.word !== 'running') return `${word}, ${look.word}`
  return since ? `${word} for ${formatDuration(judged.now.getTime() - since.getTime())}` : `${word}, running`
}

function stateFill(look: MemberLook, isLeader: boolean): string {
  if (look.tone === 'bad' || look.tone === 'warn') return `${toneText[look.tone]} fill-current`
  return isLeader ? 'fill-lead' : 'fill-muted'
}

function lastLine({
  member,
  look,
  isLeader,
  now,
}: {
  member: MemberSnapshot
  look: MemberLook
  isLeader: boolean
  now: Date
}) {
  if (!look.isCurrent) return member.seenAt ? `last: ${member.state}` : null
  return isLeader ? writableLine(member) : replayLine(member, now)
}

function writableLine(member: MemberSnapshot): string | null {
  if (member.isWritable === null) return null
  return member.isWritable ? 'takes writes' : 'takes no writes'
}

function replayLine(member: MemberSnapshot, now: Date): string | null {
  const lag = lagText(member.replayLag)
  if (lag === null) return null
  const text = lag === 'unknown' ? 'lag unknown' : `${lag} to replay`
  if (member.lagObservedAt && isStale(member.lagObservedAt, now))
    return `${text}, ${formatAge(member.lagObservedAt, now)} ago`
  return text
}
