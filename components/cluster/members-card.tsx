import { cx } from 'class-variance-authority'
import { Card } from '#components/ui/card.tsx'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatAge } from '#domain/format.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { LagCell } from './lag-cell.tsx'
import { memberLook, roleWord } from './member-look.ts'
import { MemberNotes } from './member-notes.tsx'
import { ReinitialiseButton } from '#components/replicas/reinitialise-button.tsx'
import type { ReinitialiseActs } from '#components/replicas/use-reinitialise.tsx'
import type { Judged } from './judge.ts'

interface MembersCardProps {
  judged: Judged
  /** Null = whoever looks may not. */
  reinitialise: ReinitialiseActs | null
}

export function MembersCard({ judged, reinitialise }: MembersCardProps) {
  return (
    <Card title="Members">
      <Table aria-label="Members">
        <thead>
          <tr>
            {/* Room for the ring and a usual name: one that breaks at its hyphen is read as two. */}
            <Th className="phone:w-[36%]">Member</Th>
            <Th className="phone:hidden">Role</Th>
            <Th>State</Th>
            <Th align="right" keep="desktop">
              Timeline
            </Th>
            <Th align="right" keep="desktop" data-tip="WAL that the leader has written and the member has not received">
              Receive lag
            </Th>
            <Th align="right" data-tip="WAL that the leader has written and the member has not replayed">
              <span className="phone:hidden">Replay lag</span>
              <span className="md:hidden">Lag</span>
            </Th>
            <Th align="right">Seen</Th>
            {reinitialise ? (
              <Th keep="desktop" className="print-hidden">
                <span className="sr-only">Acts</span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {leaderFirst(judged.snapshot).map((member) => (
            <MemberRow key={member.name} member={member} judged={judged} reinitialise={reinitialise} />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function MemberRow({ member, judged, reinitialise }: MembersCardProps & { member: MemberSnapshot }) {
  const { snapshot, assessment, now, isHearing } = judged
  const look = memberLook(member, assessment.findings, now)
  const isLeader = snapshot.leader?.name === member.name
  const isOld = !look.isCurrent || !isHearing
  const allowed = assessment.forecast.allowedLagBytes
  return (
    <tr className={isOld ? 'text-muted' : ''}>
      <Td className="py-1.5">
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="inline-flex items-center gap-1.5 font-semibold">
            {isLeader ? <LeaderRing className="md:hidden" /> : null}
            {member.name}
            {isLeader ? <span className="sr-only md:hidden">, leads</span> : null}
          </span>
          {member.host ? <span className="font-mono text-sm text-faint phone:hidden">{member.host}</span> : null}
          <MemberNotes member={member} />
          {reinitialise ? (
            <span className="-ml-3 md:hidden">
              <ReinitialiseButton member={member.name} acts={reinitialise} />
            </span>
          ) : null}
        </span>
      </Td>
      <Td className="phone:hidden">
        <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
          {isLeader ? <LeaderRing /> : null}
          {roleWord(member.role)}
        </span>
      </Td>
      <Td>
        <StateMark tone={isHearing ? look.tone : 'unseen'}>{look.word}</StateMark>
      </Td>
      <Td align="right" keep="desktop">
        {member.timeline ?? '–'}
      </Td>
      <LagCell
        lag={isLeader ? null : member.receiveLag}
        at={member.lagObservedAt}
        now={now}
        allowedBytes={allowed}
        keep="desktop"
      />
      <LagCell lag={isLeader ? null : member.replayLag} at={member.lagObservedAt} now={now} allowedBytes={allowed} />
      <Td align="right" className={cx('whitespace-nowrap', look.isCurrent ? 'text-muted' : 'text-text')}>
        {member.seenAt ? formatAge(member.seenAt, now) : 'never'}
      </Td>
      {reinitialise ? (
        <Td align="right" keep="desktop" className="print-hidden">
          <ReinitialiseButton member={member.name} acts={reinitialise} />
        </Td>
      ) : null}
    </tr>
  )
}

function leaderFirst({ members, leader }: Snapshot): MemberSnapshot[] {
  return members.toSorted((one, other) => Number(other.name === leader?.name) - Number(one.name === leader?.name))
}
