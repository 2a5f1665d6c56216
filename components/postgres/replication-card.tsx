import { cx } from 'class-variance-authority'
import type { Layers } from '#components/layers/with-stack.tsx'
import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import { LeaderRing } from '#components/ui/leader-ring.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import type { WalSender } from '#domain/stack/postgres-detail.ts'
import { otherSenders, type ReplicationRow, replicationRows } from '#domain/stack/replication-rows.ts'
import { lagTipOf, lagWords } from './lag-words.ts'

/** Each member that is expected to follow, with how far it has got; one that nobody serves is named. */
export function ReplicationCard({ layers, leader }: { layers: Layers; leader: string | null }) {
  const { stack, snapshot, now } = layers
  const rows = replicationRows(stack, snapshot, now)
  const others = otherSenders(stack, rows, now)
  return (
    <Card
      title="Replication"
      aside={
        leader === null ? null : (
          <span className="inline-flex items-center gap-1.5">
            <LeaderRing /> {leader} leads
          </span>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="text-muted">No other member is known: nothing follows, and nobody could take over.</p>
      ) : (
        <Table aria-label="Replication">
          <thead>
            <tr>
              <Th>Member</Th>
              <Th>State</Th>
              <Th keep="wide">From</Th>
              <Th align="right" keep="wide" data-tip="WAL that was written and not yet sent to it">
                Sent
              </Th>
              <Th align="right" keep="desktop" data-tip="WAL that it has not yet written">
                Write
              </Th>
              <Th align="right" keep="desktop" data-tip="WAL that it has not yet flushed to disk">
                Flush
              </Th>
              <Th align="right" data-tip="WAL that its queries do not see yet">
                Replay
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.member} row={row} />
            ))}
          </tbody>
        </Table>
      )}
      {others.length === 0 ? null : (
        <ul aria-label="Other WAL senders" className="grid gap-0.5 pt-3 text-sm text-muted">
          {others.map(({ source, sender }) => (
            <li key={`${source} ${sender.pid}`} className="break-words">
              {source} also sends WAL to {sender.application || 'somebody without a name'}
              {sender.address ? ` at ${sender.address}` : ''} ({sender.state})
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Row({ row }: { row: ReplicationRow }) {
  const { member, source, sender, seenAt } = row
  const isOld = row.state === 'old'
  const { tone, word } = lookOf(row)
  return (
    <tr className={isOld ? 'text-muted' : ''}>
      <Td className="font-semibold break-words">{member}</Td>
      <Td className="py-1.5">
        <StateMark tone={tone}>
          {word}
          {sender && sender.syncState !== 'async' ? <span className="text-muted">, {sender.syncState}</span> : null}
          {isOld && seenAt ? <Age at={seenAt} before=", " after=" ago" className="text-faint" /> : null}
        </StateMark>
        {row.receiver?.replayPaused ? <span className="block text-warn">replay is paused</span> : null}
      </Td>
      <Td keep="wide" className="text-muted">
        {source ?? '–'}
      </Td>
      <Lag sender={sender} part="sent" keep="wide" />
      <Lag sender={sender} part="write" keep="desktop" />
      <Lag sender={sender} part="flush" keep="desktop" />
      <Lag sender={sender} part="replay" keep="always" />
    </tr>
  )
}

interface LagProps {
  sender: WalSender | null
  part: 'sent' | 'write' | 'flush' | 'replay'
  keep: 'always' | 'desktop' | 'wide'
}

function Lag({ sender, part, keep }: LagProps) {
  const [bytes, seconds] = sender === null ? [null, null] : lagOf(sender, part)
  return (
    <Td align="right" keep={keep} className={cx('phone:max-w-28', sender === null && 'text-faint')}>
      <span data-tip={lagTipOf(bytes, seconds)}>{sender === null ? '–' : wordsOf(part, bytes, seconds)}</span>
    </Td>
  )
}

/** Postgres measures no time for what is not sent yet. */
function wordsOf(part: LagProps['part'], bytes: number | null, seconds: number | null): string {
  return part === 'sent' ? lagWords(bytes, null).replace(/, .*$/u, '') : lagWords(bytes, seconds)
}

function lagOf(sender: WalSender, part: LagProps['part']): [number | null, number | null] {
  switch (part) {
    case 'sent':
      return [sender.sentLagBytes, null]
    case 'write':
      return [sender.writeLagBytes, sender.writeLagSeconds]
    case 'flush':
      return [sender.flushLagBytes, sender.flushLagSeconds]
    case 'replay':
      return [sender.replayLagBytes, sender.replayLagSeconds]
  }
}

function lookOf({ state, sender, receiver }: ReplicationRow): { tone: Tone; word: string } {
  switch (state) {
    case 'streams':
      return { tone: 'ok', word: 'streaming' }
    case 'catches-up':
      return { tone: 'warn', word: sender?.state ?? 'catching up' }
    case 'absent':
      return {
        tone: 'bad',
        word: receiver?.status ? `no sender, its receiver is ${receiver.status}` : 'nobody streams to it',
      }
    case 'old':
      return { tone: 'unseen', word: `was ${sender?.state ?? 'streaming'}` }
    case 'unseen':
      return { tone: 'unseen', word: 'not seen' }
  }
}
