import type { FactSources } from '#domain/alerts/facts/sources.ts'
import { freshOf, total } from '#domain/alerts/facts/sources.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import { namedState } from '#domain/snapshot/state-words.ts'
import { counter, gauge, sample, type FamilySample } from './family.ts'

export const memberFamilies = {
  state: gauge('member_state', "Patroni's word for the state of Postgres, as a label; always 1."),
  info: gauge('member_info', 'Versions of Patroni and Postgres on a member, as labels; always 1.'),
  lsn: gauge('member_lsn_bytes', 'WAL position of a member: written by a leader, replayed by a standby.'),
  wal: counter('member_wal_bytes', 'WAL written by a member.'),
  commits: counter('member_commits', 'Transactions committed on a member.'),
  rollbacks: counter('member_rollbacks', 'Transactions rolled back on a member.'),
  deadlocks: counter('member_deadlocks', 'Deadlocks on a member.'),
  temporary: counter('member_temporary_bytes', 'Bytes written to temporary files on a member.'),
  blocksRead: counter('member_blocks_read', 'Blocks that a member read from outside its cache.'),
  blocksHit: counter('member_blocks_hit', 'Blocks that a member found in its cache.'),
  checksumFailures: counter('member_checksum_failures', 'Pages of a member that failed their checksum.'),
  timedCheckpoints: counter('member_timed_checkpoints', 'Checkpoints of a member by time.'),
  requestedCheckpoints: counter('member_requested_checkpoints', 'Checkpoints of a member by request.'),
  archived: counter('member_archived_segments', 'WAL files that a member archived.'),
  archiveFailures: counter('member_archive_failures', 'Failed tries of a member to archive.'),
} as const

/** What is told of a member beside the facts that rules read. */
export function memberSamples(cluster: string, member: MemberSnapshot, sources: FactSources): FamilySample[] {
  const { stack, now } = sources
  const labels = { cluster, member: member.name }
  const isHeard = answers(member, now)
  const { patroniVersion: patroni, serverVersion, state } = member
  const info = { patroni: patroni ?? '', postgres: serverVersion === null ? '' : versionOf(serverVersion) }
  const detail = freshOf(stack?.members.find(({ name }) => name === member.name)?.postgres, now)
  return [
    ...sample(memberFamilies.state, { ...labels, state: namedState(state) }, isHeard ? 1 : null),
    ...sample(memberFamilies.info, { ...labels, ...info }, isHeard ? 1 : null),
    ...(detail === null ? [] : countedSamples(labels, detail)),
  ]
}

function countedSamples(labels: FamilySample['labels'], detail: PostgresDetail): FamilySample[] {
  const { databases, checkpoints, archiver, wal, lsn } = detail
  const sum = (valueOf: (database: PostgresDetail['databases'][number]) => number | null) =>
    total(databases.map(valueOf))
  const of = (family: (typeof memberFamilies)[keyof typeof memberFamilies], value: number | null | undefined) =>
    sample(family, labels, value)
  return [
    ...of(memberFamilies.lsn, lsn),
    ...of(memberFamilies.wal, wal.bytesTotal),
    ...of(
      memberFamilies.commits,
      sum(({ commitsTotal }) => commitsTotal),
    ),
    ...of(
      memberFamilies.rollbacks,
      sum(({ rollbacksTotal }) => rollbacksTotal),
    ),
    ...of(
      memberFamilies.deadlocks,
      sum(({ deadlocksTotal }) => deadlocksTotal),
    ),
    ...of(
      memberFamilies.temporary,
      sum(({ tempBytesTotal }) => tempBytesTotal),
    ),
    ...of(
      memberFamilies.blocksRead,
      sum(({ blocksReadTotal }) => blocksReadTotal),
    ),
    ...of(
      memberFamilies.blocksHit,
      sum(({ blocksHitTotal }) => blocksHitTotal),
    ),
    ...of(
      memberFamilies.checksumFailures,
      sum(({ checksumFailures }) => checksumFailures),
    ),
    ...of(memberFamilies.timedCheckpoints, checkpoints?.timed),
    ...of(memberFamilies.requestedCheckpoints, checkpoints?.requested),
    ...of(memberFamilies.archived, archiver?.archivedCount),
    ...of(memberFamilies.archiveFailures, archiver?.failedCount),
  ]
}

/** 150020 is 15.20. */
function versionOf(serverVersion: number): string {
  return `${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`
}
