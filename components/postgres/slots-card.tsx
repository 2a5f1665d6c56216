import { OldMark } from '#components/layers/old-mark.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { formatBytes } from '#domain/format.ts'
import { isLookedOld } from '#domain/stack/deep-age.ts'
import type { ReplicationSlot } from '#domain/stack/postgres-detail.ts'
import type { PostgresTold } from './postgres-told.ts'

/** What each replication slot keeps; those of the leader first, because theirs fill its disk. */
export function SlotsCard({ told, leader, now }: { told: readonly PostgresTold[]; leader: string | null; now: Date }) {
  const slots = told
    .flatMap((one) => one.detail.slots.map((slot) => ({ one, slot })))
    .toSorted(
      (a, b) =>
        Number(b.one.member === leader) - Number(a.one.member === leader) ||
        (b.slot.retainedBytes ?? 0) - (a.slot.retainedBytes ?? 0),
    )
  return (
    <Card title="Replication slots">
      {slots.length === 0 ? (
        <p className="text-muted">
          There is no slot: a replica that is away too long must be made anew or read from the archive.
        </p>
      ) : (
        <Table aria-label="Replication slots">
          <thead>
            <tr>
              <Th>Slot</Th>
              <Th>Member</Th>
              <Th keep="desktop">Use</Th>
              <Th keep="desktop">WAL</Th>
              <Th align="right" data-tip="WAL that is not removed because of it">
                Keeps
              </Th>
              <Th align="right" keep="wide" data-tip="WAL that may still be written before it is lost">
                Room
              </Th>
            </tr>
          </thead>
          <tbody>
            {slots.map(({ one, slot }) => (
              <tr key={`${one.member} ${slot.name}`} className={isLookedOld(one.looked, now) ? 'text-muted' : ''}>
                <Td className="max-w-44 break-words">
                  <span className="font-mono">{slot.name}</span>
                  <span className="text-muted"> {slot.type === 'logical' ? `logical, ${slot.database}` : ''}</span>
                </Td>
                <Td className="break-words">
                  {one.member} <OldMark looked={one.looked} now={now} />
                </Td>
                <Td keep="desktop">
                  {isLookedOld(one.looked, now) ? 'was ' : ''}
                  {slotUse(slot, one.member === leader)}
                </Td>
                <Td keep="desktop">
                  <Wal slot={slot} isOld={isLookedOld(one.looked, now)} />
                </Td>
                <Td align="right" className="whitespace-nowrap">
                  {slot.retainedBytes === null ? '–' : formatBytes(slot.retainedBytes)}
                </Td>
                <Td align="right" keep="wide" className="whitespace-nowrap text-muted">
                  {slot.safeBytes === null ? 'no limit' : formatBytes(slot.safeBytes)}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}

/** On a replica, Patroni keeps slots for the others that nobody uses until it leads. */
function slotUse({ active, temporary }: ReplicationSlot, isOnLeader: boolean): string {
  const kind = temporary ? ', temporary' : ''
  if (active) return `in use${kind}`
  return isOnLeader ? `not in use${kind}` : `held ready${kind}`
}

interface WalProps {
  slot: ReplicationSlot
  isOld: boolean
}

function Wal({ slot: { walStatus, invalidationReason, conflicting }, isOld }: WalProps) {
  const { tone, word } = looks[walStatus ?? ''] ?? { tone: 'quiet', word: walStatus ?? 'never used' }
  const why = invalidationReason ?? (conflicting ? 'it conflicts with recovery' : null)
  return (
    <StateMark tone={isOld ? 'unseen' : tone}>
      {isOld ? `was ${word}` : word}
      {why === null ? '' : `: ${why}`}
    </StateMark>
  )
}

const looks: Readonly<Record<string, { tone: Tone; word: string }>> = {
  reserved: { tone: 'ok', word: 'kept' },
  extended: { tone: 'info', word: 'kept beyond max_wal_size' },
  unreserved: { tone: 'bad', word: 'lost at the next checkpoint' },
  lost: { tone: 'down', word: 'lost' },
}
