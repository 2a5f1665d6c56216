import type { PoolerTold } from './pools-told.ts'

/** Something that the poolers of one cluster have set differently. */
export interface PoolerDiffering {
  name: string
  /** In the order of the poolers; null = it does not tell. */
  values: { member: string; words: string | null }[]
}

/** What poolers that should be alike have differently: version, settings, and the sizes of databases. */
export function poolerConfigDiffering(told: readonly PoolerTold[]): PoolerDiffering[] {
  const all = told.map(({ member, detail }) => ({ member, told: toldOf(detail) }))
  const names = new Set(all.flatMap((one) => [...one.told.keys()]))
  return [...names]
    .filter((name) => !meantToDiffer.has(name))
    .map((name) => ({
      name,
      values: all.map(({ member, told: values }) => ({ member, words: values.get(name) ?? null })),
    }))
    .filter(({ values }) => new Set(values.flatMap(({ words }) => words ?? [])).size > 1)
}

function toldOf({ version, config, databases }: PoolerTold['detail']): Map<string, string> {
  return new Map([
    ['version', version],
    ...Object.entries(config).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ...databases.flatMap((database): [string, string][] => [
      [`${database.name}: pool_size`, String(database.poolSize)],
      [`${database.name}: reserve_pool_size`, String(database.reservePoolSize)],
      [`${database.name}: max_db_connections`, String(database.maxConnections)],
      [`${database.name}: pool_mode`, database.mode ?? 'as set for all'],
    ]),
  ])
}

/** What names the node itself or the place of its files. */
const meantToDiffer: ReadonlySet<string> = new Set([
  'auth_file',
  'auth_hba_file',
  'conffile',
  'job_name',
  'listen_addr',
  'logfile',
  'peer_id',
  'pidfile',
  'resolv_conf',
  'service_name',
  'unix_socket_dir',
  'user',
])
