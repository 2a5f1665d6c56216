import type { AgentConfig } from '#agent/config/agent-config.ts'
import { asideKept } from './data-kept.ts'
import type { Machine } from './machine.ts'
import { readControlData } from './postgres-programs.ts'

/** Settings that whoever replays WAL needs to be as great as they were where it was written, with pg_controldata's line for each. */
const lines = {
  max_connections: 'max_connections setting',
  max_worker_processes: 'max_worker_processes setting',
  max_wal_senders: 'max_wal_senders setting',
  max_prepared_transactions: 'max_prepared_xacts setting',
  max_locks_per_transaction: 'max_locks_per_xact setting',
} as const

type Control = Readonly<Record<string, string>>

/**
 * What a recovery needs at least, as `name=value`. The restored data knows what was set at the time of the backup, the data that was set aside what was
 * set last: in between it may have been raised, and the configuration that was restored does not know of that.
 */
export async function leastSettings(machine: Machine): Promise<string[]> {
  const { dataFolder } = machine.config.postgres
  const own = await controlOf(machine, dataFolder)
  const aside = await asideKept(dataFolder)
  const others = await Promise.all(aside.map(({ name }) => controlOf(machine, `${dataFolder}.matriarch-${name}`)))
  return greatest([own, ...others.filter((other) => isSameCluster(own, other))])
}

/** The greatest that any of these has, setting by setting. */
export function greatest(controls: readonly Control[]): string[] {
  return Object.entries(lines).flatMap(([name, line]) => {
    const values = controls.flatMap((control) => (/^\d+$/.test(control[line] ?? '') ? [Number(control[line])] : []))
    return values.length === 0 ? [] : [`${name}=${Math.max(...values)}`]
  })
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
