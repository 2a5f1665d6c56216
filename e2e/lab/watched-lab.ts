import { afterEach, inject } from 'vitest'
import { dropScheduled, killNode, up } from '#lab/control.ts'
import { type ClusterLook, createRest } from '../rest.ts'
import { labClusterName } from '../lab-cluster.ts'
import { markFailed } from '../failed-mark.ts'
import { until } from '../until.ts'

/** The console of this run by REST. */
export const rest = createRest(inject('console'))

afterEach(({ task }) => {
  if (task.result?.state === 'fail') markFailed(inject('console').home)
})

/** What the console says of the lab now. */
export function look(): Promise<ClusterLook> {
  return rest.showCluster(labClusterName)
}

/** Waits until the console says what the test asks for. */
export function untilSeen(
  what: string,
  timeoutMs: number,
  isSeen: (seen: ClusterLook) => boolean | Promise<boolean>,
): Promise<ClusterLook> {
  return until({ what: `the console shows ${what}`, timeoutMs, everyMs: 250 }, async () => {
    const seen = await look()
    return (await isSeen(seen)) ? seen : null
  })
}

/**
 * Waits until another member leads than one that was cut off from etcd. Where that one stepped down only after its lease had ended, the
 * others leave the lead to it for its newer WAL as long as its Patroni answers: then the console has to say so, and that Patroni is ended.
 */
export async function untilFollowed(old: string, hear: (seen: ClusterLook) => void = () => {}): Promise<ClusterLook> {
  const isFollowed = ({ leader }: ClusterLook) => leader !== null && leader !== old
  let waitsSince: number | null = null
  const seen = await untilSeen('another leader, or why there is none', 120_000, (now) => {
    hear(now)
    const isWaiting = now.forecast?.candidates.some(({ code }) => code === 'former-ahead') ?? false
    waitsSince = isWaiting ? (waitsSince ?? Date.now()) : null
    return isFollowed(now) || (waitsSince !== null && Date.now() - waitsSince > 20_000)
  })
  if (isFollowed(seen)) return seen
  await killNode(old, 'patroni')
  return untilSeen('another leader', 60_000, (now) => {
    hear(now)
    return isFollowed(now)
  })
}

/** Undoes every fault, and what a test before left; waits until the console finds nothing wrong and is doing nothing. */
export async function healLab(): Promise<ClusterLook> {
  await up()
  await dropScheduled()
  return untilSeen('a healthy cluster at rest', 300_000, async ({ verdict, findings }) => {
    const isScheduled = findings.some(({ kind }) => kind === 'switchover-scheduled')
    // The console ends by itself what it has begun; until then it refuses the next test's request.
    return verdict === 'healthy' && !isScheduled && !(await rest.isActing(labClusterName))
  })
}

export function leaderOf({ leader }: ClusterLook): string {
  if (leader === null) throw new Error('The console names no leader.')
  return leader
}

/** Those of whom the forecast says that one of them would lead: one, or several that are equally fit. */
export function heirsOf({ forecast }: ClusterLook): string[] {
  if (forecast === null) return []
  if (forecast.nextLeader !== null) return [forecast.nextLeader]
  return forecast.candidates.filter(({ isFit }) => isFit).map(({ name }) => name)
}

export function timelineOf(seen: ClusterLook): number {
  const timeline = seen.members.find(({ name }) => name === seen.leader)?.timeline
  if (timeline === null || timeline === undefined) throw new Error('The console does not know the timeline.')
  return timeline
}
