import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { ClusterCollector } from '#server/collector/collector.ts'
import type { Store } from '#server/store/open.ts'
import { withBenchStore } from './bench-store.ts'
import { type LoopbackCluster, startLoopbackCluster } from './loopback-cluster.ts'
import type { RelayMood } from './relay.ts'
import { report } from './report.ts'
import { median, percentile, round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const windowMs = 60_000
/** Until all have been looked at once, and what was under way has ended. */
const settleMs = 20_000
const limitRatio = 1.2
/** A machine that has other work is late now and then whoever hangs. */
const usualPart = 0.9
const everyMs = 100

type Layer = 'postgres' | 'pooler'
type Look = 'state' | 'detail'

/** How late the looks at two members are while Postgres or pgBouncer of the third hangs: all of it real, on loopback, behind relays that fall silent. */
export async function hanging(stopping: AbortSignal): Promise<void> {
  await withBenchStore((store, adminUrl) => unlessStopped(measure(store, adminUrl), stopping))
}

async function measure(store: Store, adminUrl: string): Promise<void> {
  await letWatch(adminUrl)
  await using cluster = await startLoopbackCluster(store)
  await sleep(settleMs)
  const usual = await gapsOf(cluster.collector)
  for (const [look, gaps] of usual) report({ bench: 'hanging', sick: 'none', look, ...told(gaps) })
  for (const layer of ['postgres', 'pooler'] as const) {
    for (const mood of ['silent', 'midway'] as const) await measureSick(cluster, { layer, mood, usual })
  }
}

/** The store's own Postgres is what is looked at, as the store's own user. */
async function letWatch(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  await client.query('grant pg_monitor to matriarch')
  await client.end()
}

async function measureSick(
  cluster: LoopbackCluster,
  { layer, mood, usual }: { layer: Layer; mood: RelayMood; usual: ReadonlyMap<string, number[]> },
): Promise<void> {
  cluster.sick[layer].fall(mood)
  try {
    await sleep(settleMs)
    const problem = problemOf(cluster.collector, layer)
    for (const [look, gaps] of await gapsOf(cluster.collector)) {
      const before = usual.get(look) ?? []
      const ratio = round(percentile(gaps, usualPart) / percentile(before, usualPart), 3)
      const isWithin = ratio <= limitRatio && problem !== null
      report({ bench: 'hanging', sick: layer, mood, look, problem, ...told(gaps), ratio, limitRatio, isWithin })
    }
  } finally {
    cluster.sick[layer].fall('through')
  }
}

function told(gaps: readonly number[]) {
  return {
    gaps: gaps.length,
    medianMs: round(median(gaps)),
    p90Ms: round(percentile(gaps, usualPart)),
    worstMs: Math.max(...gaps),
  }
}

/** Time between the looks that brought something, of all members but the sick one, by what was looked at. */
async function gapsOf(collector: ClusterCollector): Promise<Map<string, number[]>> {
  const seen = new Map<string, { look: string; moments: number[] }>()
  const note = (look: `${Look} ${Layer}`, member: string, at: Date | null | undefined) => {
    if (!at) return
    const key = `${look} ${member}`
    const known = seen.get(key) ?? { look, moments: [] }
    seen.set(key, known)
    if (known.moments.at(-1) !== at.getTime()) known.moments.push(at.getTime())
  }
  const until = performance.now() + windowMs
  while (performance.now() < until) {
    for (const { name, postgres, pooler } of collector.stack().members.slice(1)) {
      note('detail postgres', name, postgres?.seenAt)
      note('detail pooler', name, pooler?.seenAt)
    }
    for (const { name, postgres } of (collector.current()?.members ?? []).slice(1)) {
      note('state postgres', name, postgres?.seenAt)
    }
    await sleep(everyMs)
  }
  const gaps = new Map<string, number[]>()
  for (const { look, moments } of seen.values()) {
    const between = moments.slice(1).map((at, n) => at - (moments[n] ?? at))
    gaps.set(look, [...(gaps.get(look) ?? []), ...between])
  }
  return gaps
}

/** What the console says of the layer of the sick member. */
function problemOf(collector: ClusterCollector, layer: Layer): string | null {
  return collector.stack().members[0]?.[layer]?.problem?.kind ?? null
}
