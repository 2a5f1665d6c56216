import { candidateClause } from '#domain/judgement/candidate-words.ts'
import { formatAge, formatBytes, formatDuration } from '#domain/format.ts'
import type { Planning } from './planning.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** What is worth knowing before confirming, but does not stand in the way. */
export function warningsOf(given: Planning): string[] {
  if (given.wish.kind === 'cancel-scheduled-switchover') return []
  return [...leaderWarnings(given), ...backupWarning(given), ...candidateWarnings(given), ...clusterWarnings(given)]
}

/** Transactions younger than this end by themselves before anybody has confirmed. */
const longTransactionSeconds = 10

/** Replay that remains must be done before the new leader takes writes. */
const noticeableReplayBytes = 67_108_864

function leaderWarnings({ snapshot, leader, wish }: Planning): string[] {
  const postgres = snapshot.members.find(({ name }) => name === leader)?.postgres
  if (!postgres) return []
  const warnings: string[] = []
  const { longestTransaction: longest, backupRunning } = postgres
  if (longest && longest.seconds >= longTransactionSeconds) {
    warnings.push(
      `A transaction of ${longest.application || longest.user || 'a client'} has been open on ${leader} for ${formatDuration(longest.seconds * 1000)} (pid ${longest.pid}). It will be rolled back.`,
    )
  }
  if (backupRunning && !wish.backup)
    warnings.push(`A backup is running from ${leader}. It will fail and has to be started again.`)
  return warnings
}

/** A backup of ours is told with who asked for it, instead of what Postgres says of any. */
function backupWarning({ wish }: Planning): string[] {
  const { backup, now } = wish
  if (!backup) return []
  const { leader, requestedBy, requestedAt } = backup
  return [
    `A backup that ${requestedBy} asked for ${formatAge(requestedAt, now)} ago is running from ${leader}. It will fail and has to be started again.`,
  ]
}

function candidateWarnings({ snapshot, wish, candidates }: Planning): string[] {
  const fit = candidates.filter(({ isFit }) => isFit)
  const chosen = wish.candidate === null ? fit : fit.filter(({ name }) => name === wish.candidate)
  return chosen.flatMap(({ name }) => {
    const member = snapshot.members.find((other) => other.name === name)
    return member ? warningsOn(member, snapshot) : []
  })
}

function warningsOn(member: MemberSnapshot, { isStandbyCluster }: Snapshot): string[] {
  const { name, replayLag, postgres, pendingRestart } = member
  const warnings: string[] = []
  if (!isStandbyCluster && typeof replayLag === 'number' && replayLag >= noticeableReplayBytes) {
    warnings.push(
      `${name} has ${formatBytes(replayLag)} to replay before it can take writes, so the interruption will be longer.`,
    )
  }
  if (postgres?.backupRunning) warnings.push(`A backup is running from ${name}; promoting it makes that backup fail.`)
  if (pendingRestart) warnings.push(`${name} waits for a restart; it will lead with its old settings until then.`)
  return warnings
}

function clusterWarnings({ snapshot, wish, candidates }: Planning): string[] {
  const warnings: string[] = []
  const others = candidates.filter(
    ({ name, code }) => code !== 'is-leader' && name !== wish.candidate && code !== 'missing',
  )
  const unwell = others.filter(({ isFit, code }) => !isFit && code !== 'nofailover' && code !== 'not-synchronous')
  for (const { name, code } of unwell) {
    const member = snapshot.members.find((other) => other.name === name)
    if (member)
      warnings.push(`${candidateClause(member, snapshot, wish.now, code)}, so it may not follow the new leader.`)
  }
  if (snapshot.pause) warnings.push('Patroni is paused: if the new leader failed, nobody would take over by itself.')
  if (snapshot.scheduledSwitchover && wish.kind === 'switchover') {
    warnings.push('A switchover is scheduled as well. Once the leader has changed, Patroni drops that one.')
  }
  return warnings
}
