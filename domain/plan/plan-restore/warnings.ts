import { agentOf } from '#domain/agent/agent-fault.ts'
import { isArchiverFailing } from '#domain/wal/archiver-seen.ts'
import { copyRoomUntold } from '#domain/recovery/copy-room.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import { formatAge, formatBytes, formatInstant } from '#domain/format.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import { listNames } from '#domain/words.ts'
import { copiesOf } from './copies.ts'
import type { RestorePlanning } from './planning.ts'
import { staleViewWarnings } from './stale-view.ts'
import { unshut } from './unshut.ts'

/** What is worth knowing before a recovery is asked for, but does not stand in the way. */
export function restoreWarnings(given: RestorePlanning): string[] {
  if (given.node === '') return []
  return [
    ...(given.choice?.kind === 'chosen' ? given.choice.warnings : []),
    ...staleViewWarnings(given.backups, given.now),
    ...archiverWarning(given),
    ...wayBackWarnings(given),
    ...replicaWarnings(given),
    ...clientWarnings(given),
    ...clusterWarnings(given),
  ]
}

function archiverWarning({ backups }: RestorePlanning): string[] {
  if (!backups?.archiver || !isArchiverFailing(backups.archiver)) return []
  return ['Archiving fails now: what the leader has not archived cannot be archived first, and is in no recovery.']
}

function wayBackWarnings({ node, agents, wayBack, neededBytes, freeBytes, replicas }: RestorePlanning): string[] {
  const kept = agentOf(agents, node)?.keptAside ?? []
  const warnings = kept.map(
    ({ since }) =>
      `${node} still keeps the data that a recovery set aside on ${formatInstant(since)}. Let it go first if it is no longer needed: it takes room.`,
  )
  if (agentOf(agents, node)?.vetoed.some((verb) => backing.has(verb))) {
    warnings.push(
      `The agent on ${node} forbids backups, so none of the recovered data is taken. Take one at once by hand.`,
    )
  }
  if (neededBytes === null) return warnings
  const room =
    freeBytes === null ? 'How much room is free there is not known' : `${formatBytes(freeBytes)} are free there`
  if (wayBack === 'replica') {
    const [keeper] = replicas.filter(isFollowing)
    warnings.push(
      `The old data of ${node} is overwritten, not set aside: ${room}, and both would need ${formatBytes(neededBytes)} more. The way back is the data of a replica${keeper ? `, such as ${keeper.name}` : ''}.`,
    )
  } else if (freeBytes === null) {
    warnings.push(
      `${room}; about ${formatBytes(neededBytes)} are needed beside the old data. It is looked at again before anything is done.`,
    )
  }
  return warnings
}

const backing: ReadonlySet<string> = new Set(['backup', 'pgbackrest', 'pgbackrest-backup'])

function replicaWarnings(given: RestorePlanning): string[] {
  const { snapshot, now, agents, replicas, neededBytes, node } = given
  const warnings: string[] = []
  const names = replicas.map(({ name }) => name)
  if (names.length === 0) {
    warnings.push(`${node} is the only member: while it is recovered, no other copy of the old data runs.`)
  } else {
    warnings.push(
      `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} built anew from the recovered leader, one after the other. Until the first stands, the cluster has no standby.`,
    )
  }
  const untold = neededBytes === null ? null : copyRoomUntold(copiesOf(given), neededBytes)
  if (untold !== null) warnings.push(`${untold} It is looked at again before anything is done.`)
  if (replicas.some(({ name }) => agentOf(agents, name)?.replicaMethods?.includes('pgbackrest'))) {
    warnings.push(
      'Replicas are built from a backup here. One of the old data would serve them badly, so a full backup is taken before they are built.',
    )
  }
  const gone = snapshot.members.filter((member) => isLongGone(member, now))
  for (const { name, missingSince } of gone) {
    warnings.push(
      `${name} has been gone for ${formatAge(missingSince ?? now, now)} and is left out. Never start its Patroni again with the data it has.`,
    )
  }
  return warnings
}

function clientWarnings(given: RestorePlanning): string[] {
  const without = unshut(given)
  // Where they were to wait, that stands in the way.
  if (without.length === 0 || given.wish.clientsBack === 'end') return []
  return [
    `No pgBouncer was seen on ${listNames(without)}: clients that connect to Postgres there directly are not held off, they come back as soon as it takes writes.`,
  ]
}

function clusterWarnings({ snapshot, wish }: RestorePlanning): string[] {
  const warnings: string[] = []
  if (wish.check === null) {
    warnings.push(
      'No check query is given: whether the recovered data is right is left to whoever looks at its tables.',
    )
  }
  if (wish.commitsAlone) {
    warnings.push('What is recovered is made final without anybody looking at it, as long as it stops at the target.')
  }
  if (snapshot.scheduledSwitchover) {
    warnings.push(`The switchover scheduled for ${formatInstant(snapshot.scheduledSwitchover.at)} is dropped.`)
  }
  if (snapshot.config?.synchronousModeStrict) {
    warnings.push('synchronous_mode_strict is on: the recovered leader takes writes only once a replica follows it.')
  }
  const copying = snapshot.members.filter(({ postgres }) => postgres?.backupRunning).map(({ name }) => name)
  if (copying.length > 0) warnings.push(`Something copies the data of ${listNames(copying)} now; it will fail.`)
  return warnings
}
