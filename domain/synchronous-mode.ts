import type { PatroniConfig } from './patroni.ts'
import type { Snapshot } from './snapshot.ts'

/** The synchronous mode in force: none in a standby cluster, whatever is configured (global_config.py is_synchronous_mode). */
export function synchronousModeOf({
  config,
  isStandbyCluster,
}: Pick<Snapshot, 'config' | 'isStandbyCluster'>): PatroniConfig['synchronousMode'] {
  return isStandbyCluster ? false : (config?.synchronousMode ?? false)
}
