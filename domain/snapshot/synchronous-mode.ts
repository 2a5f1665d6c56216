import type { PatroniConfig } from './patroni.ts'
import { knowsQuorumMode } from './patroni-version.ts'
import type { MemberSnapshot, Snapshot } from './snapshot.ts'

/** The synchronous mode in force: none in a standby cluster, whatever is configured (global_config.py is_synchronous_mode). */
export function synchronousModeOf({
  config,
  isStandbyCluster,
  members,
}: Pick<Snapshot, 'config' | 'isStandbyCluster' | 'members'>): PatroniConfig['synchronousMode'] {
  const mode = config?.synchronousMode ?? false
  if (isStandbyCluster) return false
  return mode === 'quorum' &&
    members.some(({ isListed, patroniVersion }) => isListed && !knowsQuorumMode(patroniVersion))
    ? false
    : mode
}

/** True once a leader has put itself into /sync: until then the mode bars nobody and promises nothing (ha.py sync_mode_is_active). */
export function isSyncActive(snapshot: Snapshot): boolean {
  return synchronousModeOf(snapshot) !== false && snapshot.syncLeader != null
}

/** What of the synchronous mode keeps a member from an election, by ha.py is_healthiest_node; null where nothing does. */
export function syncElectionBar(
  member: MemberSnapshot,
  snapshot: Snapshot,
  canVote: (other: MemberSnapshot) => boolean,
): 'not-synchronous' | 'few-votes' | null {
  if (!isSyncActive(snapshot) || isSame(member.name, snapshot.syncLeader)) return null
  if (synchronousModeOf(snapshot) === true) return isSyncStandby(member, snapshot) ? null : 'not-synchronous'
  return snapshot.syncQuorum == null || votesFor(member, snapshot, canVote) >= snapshot.syncQuorum ? null : 'few-votes'
}

/** What of it keeps a member from a switchover: the API and the leader ask for a name in /sync (api.py, ha.py is_eligible). */
export function syncSwitchoverBar(member: MemberSnapshot, snapshot: Snapshot): 'not-synchronous' | null {
  const mode = synchronousModeOf(snapshot)
  const asksForName = mode === true || (mode === 'quorum' && isSyncActive(snapshot))
  return asksForName && !isSyncStandby(member, snapshot) ? 'not-synchronous' : null
}

/** Votes of others that an election would count; a member outside /sync must bring one more. */
function votesFor(member: MemberSnapshot, snapshot: Snapshot, canVote: (other: MemberSnapshot) => boolean): number {
  const others = snapshot.members.filter(
    (other) => other !== member && other.name !== snapshot.leader?.name && isVoter(other, snapshot) && canVote(other),
  )
  return others.length - (isVoter(member, snapshot) ? 0 : 1)
}

/** Whoever /sync names has a vote: the standbys, and the leader that wrote it. */
export function isVoter(member: MemberSnapshot, snapshot: Snapshot): boolean {
  return isSyncStandby(member, snapshot) || isSame(member.name, snapshot.syncLeader)
}

function isSyncStandby({ name }: MemberSnapshot, { syncStandbys }: Snapshot): boolean {
  return syncStandbys.some((other) => isSame(name, other))
}

/** Postgres, and so Patroni, takes no notice of case here. */
function isSame(name: string, other: string | null): boolean {
  return name.toLowerCase() === other?.toLowerCase()
}
