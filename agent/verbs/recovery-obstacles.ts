import type { AgentConfig } from '#agent/config/agent-config.ts'
import { configFileFault } from './config-file.ts'
import { maskFault } from './mask-fault.ts'
import { readPatroniPostgres } from './patroni-postgres.ts'
import { wayInFaults } from './way-in.ts'

/** Why a recovery in place cannot be done on this node as it is configured: what would else be found out with the cluster down. */
export async function recoveryObstacles(config: AgentConfig): Promise<string[]> {
  const patroni = await readPatroniPostgres(config)
  const found = [await configFileFault(config, patroni), ...wayInFaults(config, patroni), await maskFault(config)]
  return found.filter((sentence) => sentence !== null)
}
