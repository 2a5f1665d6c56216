import { answers, isGone, isRunning } from '#domain/snapshot/reachability.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import { isFreshView } from './backup-facts.ts'
import type { Facts } from './names.ts'
import { type FactSources, freshOf, secondsSince } from './sources.ts'

/** What the console itself does not see. */
export function consoleFacts({
  snapshot,
  sight,
  stack,
  backups,
  agents,
  unknownSince,
  undelivered,
  approvals,
  decisionAskedAt = null,
  isAuditDisputed = false,
  now,
}: FactSources): Facts<'console'> {
  const { etcd, haproxy } = snapshot
  const heard = snapshot.members.filter((member) => answers(member, now))
  const layersOf = (name: string) => stack?.members.find((member) => member.name === name)
  const isMute = <T>(looked: Parameters<typeof freshOf<T>>[0]) =>
    looked !== null && looked !== undefined && looked.problem !== null && freshOf(looked, now) === null
  const canTell = agents.some(({ state, problem }) => state === 'enrolled' && problem === null)
  return {
    sight,
    // Where nobody has looked, nothing else can be told unseen.
    isEtcdUnseen:
      sight !== 'stale' &&
      etcd !== null &&
      isStale(etcd.keysSeenAt, now, lookIntervalsMs.etcd) &&
      !isAnswering(etcd, now),
    isHaproxyUnseen: sight !== 'stale' && haproxy !== null && isGone(haproxy.problem, now),
    areBackupsUnseen: canTell && backups !== null && !isFreshView(backups, now),
    // Where Postgres does not run it is that which is told.
    statisticsUnseen: heard.filter((member) => isRunning(member) && isMute(layersOf(member.name)?.postgres)).length,
    poolersUnseen: heard.filter(({ name, pooler }) => pooler?.problem === null && isMute(layersOf(name)?.pooler))
      .length,
    unknownSeconds: secondsSince(unknownSince, now) ?? 0,
    deadNotifications: undelivered.dead,
    notificationWaitSeconds: secondsSince(undelivered.waitingSince, now) ?? 0,
    decisionWaitSeconds: secondsSince(decisionAskedAt, now) ?? 0,
    approvalsWaiting: approvals?.waiting ?? 0,
    glassBroken: approvals?.glassBroken ?? 0,
    policiesWeakened: approvals?.policiesWeakened ?? 0,
    isAuditDisputed,
  }
}

/** Where it answers and has no quorum, it is etcd that is ill and not this console that is blind. */
function isAnswering({ endpoints }: { endpoints: { seenAt: Date | null }[] }, now: Date): boolean {
  return endpoints.some(({ seenAt }) => !isStale(seenAt, now, lookIntervalsMs.etcd))
}
