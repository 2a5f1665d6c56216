import type { ClusterDraft } from '#domain/cluster.ts'
import { down, status, up } from '#lab/control.ts'
import { type RunningConsole, startConsole } from '../../e2e/console.ts'
import { labClusterName, labDraft } from '../../e2e/lab-cluster.ts'
import { type ClusterLook, createRest, type Rest } from '../../e2e/rest.ts'
import { until } from '../../e2e/until.ts'

export interface WatchedLab {
  console: RunningConsole
  rest: Rest
  /** Waits until nothing is wrong with the cluster; gives what is seen then. */
  untilHealthy: () => Promise<ClusterLook>
}

/** Runs a bench with a fresh console that looks after the lab; a lab that was not there before is taken down again. */
export async function withWatchedLab(
  run: (lab: WatchedLab) => Promise<void>,
  draft: Partial<ClusterDraft> = {},
): Promise<void> {
  const before = await status()
  await up()
  const running = await startConsole()
  try {
    const rest = createRest(running)
    await rest.addCluster(labDraft(draft))
    const untilHealthy = () =>
      until({ what: 'the console finds the lab healthy', timeoutMs: 120_000, everyMs: 250 }, async () => {
        const seen = await rest.showCluster(labClusterName)
        return seen.verdict === 'healthy' ? seen : null
      })
    await untilHealthy()
    await run({ console: running, rest, untilHealthy })
  } finally {
    await running.stop()
    if (before.state === 'down') await down()
  }
}
