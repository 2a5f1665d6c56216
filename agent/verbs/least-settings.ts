import type { AgentConfig } from '#agent/config/agent-config.ts'
import { greatestOf, type LeastSettings, settingsIn } from '#domain/recovery/least-settings.ts'
import { asideKept } from './data-kept.ts'
import type { Machine } from './machine.ts'
import { readControlData } from './postgres-programs.ts'

type Control = Readonly<Record<string, string>>

/**
 * What a recovery needs at least. The restored data knows what was set at the time of the backup, the data that was set aside what was set last: in
 * between it may have been raised, and the configuration that was restored does not know of that. `told`: what else is known, where none was set aside.
 */
export async function leastSettings(machine: Machine, told: LeastSettings): Promise<LeastSettings> {
  const { dataFolder } = machine.config.postgres
  const own = await controlOf(machine, dataFolder)
  const aside = await asideKept(dataFolder)
  const others = await Promise.all(aside.map(({ name }) => controlOf(machine, `${dataFolder}.matriarch-${name}`)))
  return greatestOf([told, ...[own, ...others.filter((other) => isSameCluster(own, other))].map(settingsIn)])
}

function isSameCluster(own: Control, other: Control): boolean {
  const line = 'Database system identifier'
  return own[line] !== undefined && own[line] === other[line]
}

/** Nothing where it cannot be read: then Postgres itself says what is wrong with it, or it is another's. */
async function controlOf(machine: Machine, dataFolder: string): Promise<Control> {
  const { config } = machine
  const there: AgentConfig = { ...config, postgres: { ...config.postgres, dataFolder } }
  return readControlData({ ...machine, config: there }).catch(() => ({}))
}
