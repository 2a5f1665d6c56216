import { assess } from '#domain/judgement/assess.ts'
import { isFollowing } from '#domain/snapshot/following.ts'
import { formatAge } from '#domain/format.ts'
import { judgeCandidates } from '#domain/judgement/candidates.ts'
import { isRunning } from '#domain/snapshot/reachability.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import { synchronousModeOf } from '#domain/snapshot/synchronous-mode.ts'
import { listNames } from '#domain/words.ts'
import type { ReinitialisePlanning } from './planning.ts'
import { roomWarning } from './room.ts'
import { othersFit } from './spare.ts'

/** What is worth knowing before confirming, but does not stand in the way. */
export function warningsOf(given: ReinitialisePlanning): string[] {
  const { member, leader } = given
  if (member === null || leader === null || member.name === leader) return []
  return [
    ...nobodyLeft(given),
    ...synchronous(given),
    ...isWell(given),
    ...followers(given),
    ...backups(given),
    ...roomWarning(given),
    ...mayBeBusy(given),
  ]
}

function nobodyLeft(given: ReinitialisePlanning): string[] {
  const { snapshot, wish, leader, now } = given
  if (othersFit(given).length > 0) return []
  const isFitNow = judgeCandidates(snapshot, now, 'failover').some(({ name, isFit }) => isFit && name === wish.member)
  const what = `if ${leader} died meanwhile, nobody could take over, and writes would stop until it is back`
  return isFitNow
    ? [`${wish.member} is the only one that could take over. Until its copy is complete, ${what}.`]
    : [`Nobody could take over now, and that stays so until the copy is complete: ${what}.`]
}

function synchronous({ snapshot, wish, leader }: ReinitialisePlanning): string[] {
  if (synchronousModeOf(snapshot) === false || !snapshot.syncStandbys.includes(wish.member)) return []
  const others = snapshot.members.filter(
    (member) => isFollowing(member) && member.name !== wish.member && member.name !== leader,
  )
  const loop = snapshot.config?.loopWaitSeconds ?? 10
  if (others.length > 0) {
    return [
      `${wish.member} is a synchronous standby: commits may hang for up to ${loop} s, until Patroni does without it.`,
    ]
  }
  return [
    snapshot.config?.synchronousModeStrict === true
      ? `${wish.member} is the only synchronous standby, and synchronous_mode_strict is on: commits hang until its copy is complete and it streams.`
      : `${wish.member} is the only synchronous standby: commits hang for up to ${loop} s, and until it streams again they are on ${leader} alone.`,
  ]
}

function isWell({ snapshot, member, now }: ReinitialisePlanning): string[] {
  if (member === null || !isFollowing(member) || !isRunning(member)) return []
  const isFound = assess(snapshot, now).findings.some(
    ({ kind, member: of }) => of === member.name && kind !== 'pending-restart',
  )
  return isFound ? [] : [`${member.name} streams, and nothing that is seen of it calls for a new copy.`]
}

function followers({ snapshot, wish }: ReinitialisePlanning): string[] {
  const names = snapshot.members.filter(({ streamsFrom }) => streamsFrom === wish.member).map(({ name }) => name)
  if (names.length === 0) return []
  const [stream, get] = names.length === 1 ? ['streams', 'gets'] : ['stream', 'get']
  return [`${listNames(names)} ${stream} from ${wish.member} and ${get} nothing new until Patroni points elsewhere.`]
}

function backups({ backup, member, wish, now }: ReinitialisePlanning): string[] {
  if (backup?.plan.kind === 'backup' && (backup.plan.fromStandby || backup.plan.node === wish.member)) {
    const { requestedBy, requestedAt } = backup
    return [
      `A backup that ${requestedBy.name} asked for ${formatAge(requestedAt, now)} ago may read from ${wish.member}. It fails then and has to be made again.`,
    ]
  }
  return member?.postgres?.backupRunning ? [`A backup is running from ${wish.member}. It will fail.`] : []
}

function mayBeBusy({ wish, busyWith }: ReinitialisePlanning): string[] {
  if (busyWith === null || wish.force || busyWith === 'creating replica') return []
  return [
    `Postgres on ${wish.member} ${postgresState(busyWith)}. If Patroni is at work on it, it refuses, and nothing is changed; with force that work is ended instead.`,
  ]
}
