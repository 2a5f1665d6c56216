/** Settings that whoever replays WAL needs to be as great as they were where it was written, with pg_controldata's line for each. */
const lines = {
  max_connections: 'max_connections setting',
  max_worker_processes: 'max_worker_processes setting',
  max_wal_senders: 'max_wal_senders setting',
  max_prepared_transactions: 'max_prepared_xacts setting',
  max_locks_per_transaction: 'max_locks_per_xact setting',
} as const

export type LeastSettings = Partial<Record<keyof typeof lines, number>>

/** What data was run with, by its pg_controldata. */
export function settingsIn(control: Readonly<Record<string, string>>): LeastSettings {
  const found = Object.entries(lines).flatMap(([name, line]) =>
    /^\d{1,9}$/.test(control[line] ?? '') ? [[name, Number(control[line])] as const] : [],
  )
  return Object.fromEntries(found)
}

/** The greatest that any of these has, setting by setting. */
export function greatestOf(all: readonly LeastSettings[]): LeastSettings {
  const names = Object.keys(lines).filter((name): name is keyof typeof lines => name in lines)
  const found = names.flatMap((name) => {
    const values = all.flatMap((each) => each[name] ?? [])
    return values.length === 0 ? [] : [[name, Math.max(...values)] as const]
  })
  return Object.fromEntries(found)
}
