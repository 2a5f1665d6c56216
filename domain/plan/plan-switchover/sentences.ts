import { isFollowing } from '#domain/snapshot/following.ts'
import { formatInstant } from '#domain/format.ts'
import type { Planning } from './planning.ts'
import { listNames } from '#domain/words.ts'

/** What will happen, in the order in which it happens; empty where nobody leads. */
export function sentencesOf(given: Planning): string[] {
  switch (given.wish.kind) {
    case 'switchover':
      return switchover(given)
    case 'schedule-switchover':
      return scheduled(given)
    case 'cancel-scheduled-switchover':
      return cancelled(given)
  }
}

function switchover(given: Planning): string[] {
  const { snapshot, leader } = given
  if (leader === null) return []
  const successor = successorOf(given)
  const others = snapshot.members.filter(({ name }) => name !== leader && name !== given.wish.candidate)
  const followers = others.filter(isFollowing).map(({ name }) => name)
  const idle = others.filter((member) => !isFollowing(member)).map(({ name }) => name)
  return [
    `Matriarch asks ${leader} to hand the lead to ${successor}.`,
    snapshot.isStandbyCluster
      ? `${leader} stops its Postgres; replication from the other site pauses. A standby cluster takes no writes, so none are interrupted.`
      : `${leader} finishes what it is writing, stops its Postgres and closes all connections to it. Running transactions on it are rolled back.`,
    snapshot.isStandbyCluster
      ? `${successor} takes over and goes on replicating from the other site.`
      : `${successor} is promoted and takes writes on a new timeline; clients have to connect again.`,
    followers.length > 0 && given.wish.candidate !== null
      ? `${leader} comes back as a replica, and ${listNames(followers)} ${followers.length === 1 ? 'follows' : 'follow'} ${successor}.`
      : `${leader} comes back as a replica of ${successor === 'the replica Patroni chooses' ? 'the new leader' : successor}.`,
    ...(idle.length > 0
      ? [
          `${listNames(idle)} ${idle.length === 1 ? 'does' : 'do'} not follow ${leader} now, and Matriarch does not wait for ${idle.length === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    `Matriarch then checks that the new leader ${snapshot.isStandbyCluster ? 'replicates' : 'takes writes'} and that every replica ${idle.length > 0 ? 'that follows now follows it as well' : 'follows it'}.`,
  ]
}

function scheduled(given: Planning): string[] {
  const { leader, wish, snapshot } = given
  if (leader === null) return []
  const cost = snapshot.isStandbyCluster
    ? 'replication from the other site pauses, and no writes are interrupted, for a standby cluster takes none'
    : 'writes are interrupted as for a switchover now'
  const at = wish.scheduledAt ? formatInstant(wish.scheduledAt) : 'the time you name'
  return [
    `Patroni keeps the request in its DCS and runs it at ${at}, with or without Matriarch.`,
    `At that time ${leader} hands the lead to ${successorOf(given)}; ${cost}.`,
    'Patroni drops the request silently if the leader has changed by then, the cluster is paused, or the candidate is not fit.',
  ]
}

function cancelled({ snapshot }: Planning): string[] {
  const standing = snapshot.scheduledSwitchover
  if (!standing) return []
  const to = standing.to ? ` to ${standing.to}` : ''
  return [
    `The switchover${to} scheduled for ${formatInstant(standing.at)} is taken back.`,
    `${snapshot.leader?.name ?? 'The leader'} goes on leading; clients notice nothing.`,
  ]
}

function successorOf({ wish, candidates }: Planning): string {
  if (wish.candidate !== null) return wish.candidate
  const fit = candidates.filter(({ isFit }) => isFit)
  return fit.length === 1 && fit[0] ? fit[0].name : 'the replica Patroni chooses'
}
