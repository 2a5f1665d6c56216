import { afterEach, inject } from 'vitest'
import { dropScheduled, up } from '#lab/control.ts'
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
