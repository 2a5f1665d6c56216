import { OldMark } from '#components/layers/old-mark.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { EtcdDetail, EtcdMember } from '#domain/stack/etcd-detail.ts'
import { etcdName, etcdQuorum, isAnswering } from '#domain/stack/etcd-worries.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Looked } from '#domain/stack/stack-view.ts'

interface EtcdCardProps {
  detail: EtcdDetail
  looked: Looked<unknown>
  snapshot: Snapshot | null
  now: Date
}

/** Each member of etcd, whether it votes, leads and answers, and how full it is. */
export function EtcdCard({ detail, looked, snapshot, now }: EtcdCardProps) {
  const isOld = isLookedOld(looked, now)
  const { voters, answering, needed } = etcdQuorum(detail)
  const proven = snapshot?.etcd?.quorumSeenAt ?? null
  return (
    <Card title="etcd" aside={<OldMark looked={looked} now={now} />}>
      <Table aria-label="etcd members" className={isOld ? 'text-muted grayscale' : ''}>
        <thead>
          <tr>
            <Th>Member</Th>
            <Th>State</Th>
            <Th align="right" keep="wide">
              Term
            </Th>
            <Th align="right" keep="wide" data-tip="Entries of its log that it has not applied yet">
              To apply
            </Th>
            <Th align="right">Database</Th>
            <Th align="right" keep="desktop">
              Answers in
            </Th>
            <Th align="right" keep="desktop">
              Version
            </Th>
          </tr>
        </thead>
        <tbody>
          {detail.members.map((member) => (
            <Member key={`${member.id} ${member.url}`} member={member} isOld={isOld} />
          ))}
        </tbody>
      </Table>
      <p className="pt-2 text-sm text-muted">
        {answering} of {voters} that vote answer, {needed} are needed.{' '}
        {proven === null ? 'Quorum was never proven.' : <Age at={proven} before="Quorum was proven " after=" ago." />}{' '}
        {detail.alarms.length === 0 ? 'No alarm is raised.' : ''}
      </p>
    </Card>
  )
}

function Member({ member, isOld }: { member: EtcdMember; isOld: boolean }) {
  const { tone, word } = lookOf(member)
  const { raftTerm, raftIndex, raftAppliedIndex, answerMilliseconds, version, url, id, problem } = member
  const name = etcdName(member)
  return (
    <tr className="align-top">
      <Td className="py-1.5 break-words">
        <span className="font-semibold" data-tip={id === null ? undefined : `id ${BigInt(id).toString(16)}`}>
          {name}
        </span>
        {url === null ? null : <span className="block font-mono text-sm break-all text-faint phone:hidden">{url}</span>}
      </Td>
      <Td className="py-1.5">
        <StateMark tone={isOld ? 'unseen' : tone}>{word}</StateMark>
        {problem === null ? null : <span className="block max-w-prose break-words text-muted">{problem.sentence}</span>}
      </Td>
      <Td align="right" keep="wide" className="py-1.5">
        {raftTerm ?? '–'}
      </Td>
      <Td align="right" keep="wide" className="py-1.5">
        {raftIndex === null || raftAppliedIndex === null ? '–' : Math.max(0, raftIndex - raftAppliedIndex)}
      </Td>
      <Td align="right" className="py-1.5">
        <Size member={member} />
      </Td>
      <Td align="right" keep="desktop" className="py-1.5 whitespace-nowrap">
        {answerMilliseconds === null ? '–' : `${Math.round(answerMilliseconds)} ms`}
      </Td>
      <Td align="right" keep="desktop" className="py-1.5">
        {version ?? '–'}
      </Td>
    </tr>
  )
}

function Size({ member: { dbSizeBytes, dbInUseBytes, dbQuotaBytes } }: { member: EtcdMember }) {
  if (dbSizeBytes === null) return '–'
  const tip = dbInUseBytes === null ? undefined : `${formatBytes(dbInUseBytes)} of it in use`
  return (
    <span data-tip={tip}>
      <span className="whitespace-nowrap">{formatBytes(dbSizeBytes)}</span>
      {dbQuotaBytes === null ? null : (
        <span className="whitespace-nowrap text-muted"> of {formatBytes(dbQuotaBytes)}</span>
      )}
    </span>
  )
}

function lookOf(member: EtcdMember): { tone: Tone; word: string } {
  if (member.isUnstarted) return { tone: 'warn', word: 'never started' }
  if (member.url === null) return { tone: 'unseen', word: 'not asked' }
  if (!isAnswering(member)) return { tone: 'bad', word: 'no answer' }
  if (member.isLearner) return { tone: 'info', word: 'learns, does not vote' }
  if (member.leaderId === null) return { tone: 'bad', word: 'knows no leader' }
  return { tone: 'ok', word: member.isLeader ? 'leads' : 'follows' }
}
