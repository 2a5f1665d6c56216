import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Store } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { answerMetrics } from './metrics.ts'

test('a cluster that is looked at counts by its verdict, and its leader is told', async () => {
  const { metrics, fleet } = await look(new Date())
  checkMetrics(metrics)
  expect(metrics).toContain('matriarch_cluster_verdict{cluster="main",level="healthy"} 1\n')
  expect(metrics).toContain('matriarch_member_role{cluster="main",member="pg-node-3",role="leader"} 1\n')
  expect(metrics).toMatch(/^matriarch_store_size_bytes \d{7,}$/m)
  expect(metrics).toMatch(/^matriarch_build_info\{version="\d+\.\d+\.\d+"\} 1$/m)
  expect(metrics).toContain('matriarch_clusters{verdict="healthy"} 1\n')
  expect(metrics).toContain('matriarch_cluster_has_leader{cluster="main"} 1\n')
  expect(fleet).toMatchObject([{ verdict: 'healthy', seenAt: expect.any(String) }])
})

test('a cluster that no worker looks at any more is unseen, and nothing is told of its leader and lags', async () => {
  const { metrics, fleet } = await look(new Date(Date.now() - 60_000))
  expect(metrics).toContain('matriarch_clusters{verdict="healthy"} 0\n')
  expect(metrics).toContain('matriarch_clusters{verdict="unseen"} 1\n')
  expect(metrics).not.toMatch(/^matriarch_(cluster_has_leader|member_\w+_lag_bytes|member_role)\{/m)
  expect(metrics).toMatch(/^matriarch_cluster_view_age_seconds\{cluster="main"\} 6\d/m)
  expect(metrics).toContain('matriarch_console_sight{cluster="main",sight="stale"} 1\n')
  expect(metrics).toMatch(/^matriarch_look_age_seconds\{cluster="main",layer="patroni",member="pg-node-1"\} 6\d/m)
  expect(fleet).toMatchObject([{ verdict: 'unseen', sentence: expect.stringMatching(/^Not seen for /) }])
})

test('what waits for approval or for a decision, and what one person ran alone, is told', async () => {
  const { metrics } = await look(new Date(), async (store, clusterId) => {
    const operation = (state: string, isBreakGlass: boolean, extra: string, value: string) =>
      store.pool.query(
        `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                                idempotency_key, is_break_glass, started_at, ${extra})
         values ($1, $2, 'main', 'restore', 'lead', $3, '{}', 'x', 'r', 'a', 'Ada', $3, $4, $5, $6)`,
        [randomUUID(), clusterId, state, isBreakGlass, isBreakGlass ? new Date() : null, value],
      )
    await operation('proposed', false, 'approval_need', '{"approvals":1}')
    await operation('waiting', true, 'question', JSON.stringify({ askedAt: new Date(Date.now() - 900_000) }))
  })
  expect(metrics).toContain('matriarch_console_approvals_waiting{cluster="main"} 1\n')
  expect(metrics).toContain('matriarch_console_glass_broken{cluster="main"} 1\n')
  expect(metrics).toMatch(/^matriarch_console_decision_wait_seconds\{cluster="main"\} 9\d\d/m)
})

/** promtool reads the text as Prometheus does, and finds fault with names and units that are unusual. */
function checkMetrics(metrics: string): void {
  execFileSync('promtool', ['check', 'metrics'], { input: metrics })
}

async function look(
  at: Date,
  also: (store: Store, clusterId: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ metrics: string; fleet: unknown }> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = randomUUID()
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1, at })
  await also(owner, clusterId)
  const token = await console.token('viewer')
  const request = new Request('http://127.0.0.1/api/metrics', { headers: { authorization: `Bearer ${token}` } })
  const metrics = await (await answerMetrics(console.services, request)).text()
  return { metrics, fleet: await (await console.rest('GET', '/clusters', { token })).json() }
}
