import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { currentOf } from './deep-age.ts'
import type { WalReceiver, WalSender } from './postgres-detail.ts'
import type { MemberStack, StackView } from './stack-view.ts'

/** How one member that should follow does so. */
export interface ReplicationRow {
  member: string
  /** Whose WAL sender serves it; null = nobody's, as far as is seen. */
  source: string | null
  sender: WalSender | null
  receiver: WalReceiver | null
  /** When the source told of it; null where no sender was ever seen. */
  seenAt: Date | null
  /** `old` = the sender is from a look of long ago. `unseen` = whoever should serve it is not seen. */
  state: 'streams' | 'catches-up' | 'absent' | 'old' | 'unseen'
}

/** Who leads, as the snapshot has it, else by which Postgres is not in recovery; null = nobody or not known. */
export function leaderOf(stack: StackView, snapshot: Snapshot | null, now: Date): string | null {
  if (snapshot !== null) return snapshot.leader?.name ?? null
  return stack.members.find(({ postgres }) => currentOf(postgres, now)?.inRecovery === false)?.name ?? null
}

/** A row for each member that is expected to follow, whether anybody serves it or not. */
export function replicationRows(stack: StackView, snapshot: Snapshot | null, now: Date): ReplicationRow[] {
  const leader = leaderOf(stack, snapshot, now)
  const names = new Set([...stack.members, ...(snapshot?.members ?? [])].map(({ name }) => name))
  if (leader !== null) names.delete(leader)
  return [...names].toSorted().map((member) => rowOf(member, stack, { leader, now }))
}

/** Senders that serve no member: base backups, logical subscribers, standbys of other clusters. */
export function otherSenders(stack: StackView, rows: readonly ReplicationRow[], now: Date) {
  const members = new Set([...rows.map(({ member }) => member), ...stack.members.map(({ name }) => name)])
  return stack.members.flatMap(({ name, postgres }) =>
    (currentOf(postgres, now)?.senders ?? [])
      .filter(({ application, state }) => !members.has(application) || state === 'backup')
      .map((sender) => ({ source: name, sender })),
  )
}

function rowOf(member: string, { members }: StackView, { leader, now }: { leader: string | null; now: Date }) {
  const own = members.find(({ name }) => name === member)
  const receiver = currentOf(own?.postgres ?? null, now)?.receiver ?? null
  const present = served(members, member, (one) => currentOf(one.postgres, now)?.senders)
  if (present) {
    const state = present.sender.state === 'streaming' ? 'streams' : 'catches-up'
    return { ...present, member, receiver, state } satisfies ReplicationRow
  }
  const source = members.find(({ name }) => name === leader)
  if (currentOf(source?.postgres ?? null, now) !== null) {
    return { member, source: null, sender: null, receiver, seenAt: null, state: 'absent' } satisfies ReplicationRow
  }
  const last = served(members, member, (one) => one.postgres?.value?.senders)
  if (last) return { ...last, member, receiver, state: 'old' } satisfies ReplicationRow
  return { member, source: null, sender: null, receiver, seenAt: null, state: 'unseen' } satisfies ReplicationRow
}

function served(
  members: readonly MemberStack[],
  member: string,
  sendersOf: (one: MemberStack) => readonly WalSender[] | undefined,
): { source: string; sender: WalSender; seenAt: Date | null } | null {
  for (const one of members) {
    const sender = sendersOf(one)?.find(({ application, state }) => application === member && state !== 'backup')
    if (sender) return { source: one.name, sender, seenAt: one.postgres?.seenAt ?? null }
  }
  return null
}
