import { labClusterName } from './lab-cluster.ts'
import type { ClusterLook, Rest } from './rest.ts'
import { until } from './until.ts'

/** Waits until the console finds nothing wrong with the lab: a test before may have left it mending, or new to the console. */
export function untilHealthy(rest: Rest): Promise<ClusterLook> {
  return until({ what: 'the lab is healthy', timeoutMs: 180_000 }, async () => {
    const seen = await rest.showCluster(labClusterName)
    return seen.verdict === 'healthy' ? seen : null
  })
}
