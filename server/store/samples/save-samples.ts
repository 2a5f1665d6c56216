import pg from 'pg'
import type { Sample } from '#domain/samples/metrics.ts'
import type { Store } from '../open.ts'
import { makePartitions } from './partitions.ts'
import { rawTable } from './resolutions.ts'

/**
 * Keeps the samples of one or more sweeps of a cluster in one statement; those that are kept already stay. False when the lease is
 * another's by now, or the cluster is gone. Nobody is told: pages ask for samples at their own pace.
 */
export async function saveSamples(
  store: Store,
  { clusterId, executorId, samples }: { clusterId: string; executorId: string; samples: readonly Sample[] },
): Promise<boolean> {
  if (samples.length === 0) return true
  const values = [
    clusterId,
    executorId,
    samples.map(({ subject }) => subject.kind),
    samples.map(({ subject }) => (subject.kind === 'member' ? subject.name : '')),
    samples.map(({ at }) => at.toISOString()),
    samples.map(({ values: v }) => `{${v.map(realOf).join(',')}}`),
  ]
  try {
    return await insert(store, values)
  } catch (error) {
    if (!lacksPartition(error)) throw error
    const moments = samples.map(({ at }) => at)
    await makePartitions(store, rawTable, moments)
    return insert(store, values)
  }
}

async function insert(store: Store, values: unknown[]): Promise<boolean> {
  const { rows } = await store.pool.query<{ is_held: boolean }>({ name: 'keep samples', text: keepSamples, values })
  return rows[0]?.is_held === true
}

/** What a real cannot hold is not kept. */
function realOf(value: number | null): string {
  const real = value === null ? NaN : Math.fround(value)
  return Number.isFinite(real) ? String(real) : 'null'
}

const checkViolation = '23514'

function lacksPartition(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === checkViolation && error.constraint === undefined
}

// What comes later than half a minute may miss its roll-up, which is made a minute after. An hour that is marked already is locked, so
// that whoever rolls it up now waits for these samples or leaves the mark.
const keepSamples = `
  with held as (select from cluster_lease where cluster_id = $1 and executor_id = $2 for share),
  given as (
    select kind, name, at::timestamptz, v::real[]
      from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as each (kind, name, at, v)
     where exists (select from held)),
  known as (select id, kind, name from sample_series where cluster_id = $1),
  made as (
    insert into sample_series (cluster_id, kind, name)
    select distinct $1::uuid, kind, name from given
     where not exists (select from known where known.kind = given.kind and known.name = given.name)
        on conflict (cluster_id, kind, name) do update set name = excluded.name
    returning id, kind, name),
  kept as (
    insert into sample (at, series_id, v)
    select at, id, v from given join (select * from known union all select * from made) series using (kind, name)
        on conflict (series_id, at) do nothing),
  late as (
    insert into sample_late (hour)
    select distinct date_trunc('hour', at, 'UTC') from given where at < clock_timestamp() - interval '30 seconds'
        on conflict (hour) do update set hour = excluded.hour)
  select exists (select from held) as is_held`
