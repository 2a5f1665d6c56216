import type { AgentConfig } from '#agent/config/agent-config.ts'

/** What a verb that runs as the Postgres user has at hand. */
export interface Machine {
  config: AgentConfig
  /** Aborted when the verb is to end. */
  signal: AbortSignal
  /** One line for a person, into the job's output. */
  say: (line: string) => void
}

/** Where recovery outside Patroni keeps its own files: beside the data folder, which Postgres' user owns too. */
export function besideData(dataFolder: string): { log: string; hba: string } {
  return { log: `${dataFolder}.matriarch-recovery.log`, hba: `${dataFolder}.matriarch-hba.conf` }
}
