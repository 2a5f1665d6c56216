import type { ClusterDraft } from '#domain/fleet/cluster.ts'
import type { RunningConsole } from '../../e2e/console.ts'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import type { ClusterLook, Rest } from '../../e2e/rest.ts'
import { until } from '../../e2e/until.ts'
import { watchLab } from '../../e2e/watch-lab.ts'
import { unlessStopped } from './stopping.ts'

export interface WatchedLab {
  console: RunningConsole
  rest: Rest
  /** Waits until nothing is wrong with the cluster; gives what is seen then. */
  untilHealthy: () => Promise<ClusterLook>
}

/** Runs a bench with a fresh console that looks after the lab; a lab that was not there before is taken down again. */
export async function withWatchedLab(
  stopping: AbortSignal,
  run: (lab: WatchedLab) => Promise<void>,
  draft: Partial<ClusterDraft> = {},
): Promise<void> {
  const { console, rest, stop } = await watchLab(draft, stopping)
  let isDone = false
  const untilHealthy = () =>
    until({ what: 'the console finds the lab healthy', timeoutMs: 120_000, everyMs: 250 }, async () => {
      const seen = await rest.showCluster(labClusterName)
      return seen.verdict === 'healthy' ? seen : null
    })
  const measure = async () => {
    await untilHealthy()
    await run({ console, rest, untilHealthy })
  }
  try {
    await unlessStopped(measure(), stopping)
    isDone = true
  } finally {
    await stop({ keepHome: !isDone && !stopping.aborted })
  }
}
