import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { metrics, type Sample } from '#domain/samples/metrics.ts'
import type { World } from '#domain/testing/world.ts'
import { createLog } from '#server/log.ts'
import { AlertEngine } from '#server/alerts/engine.ts'
import { TestCluster } from '#server/alerts/testing/watched.ts'
import { keepLogs } from '#server/store/alerts/incident-logs.ts'
import { takeLeases } from '#server/store/leases.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { fleetRows } from '#server/store/snapshots.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'

const log = createLog('test')
log.level = 'silent'
const executorId = 'w1'
const clusterId = randomUUID()

async function prepare(owner: TestStore): Promise<void> {
  await addCluster(owner, clusterId)
  await takeLeases(owner, { executorId, clusterIds: [clusterId], ttlMs: 600_000 })
}

/** A leader that has been lost for ninety seconds by now. */
async function loseLeader(owner: TestStore): Promise<void> {
  const cluster = new TestCluster(clusterId)
  const engine = new AlertEngine({
    store: owner,
    executorId,
    watched: () => [cluster],
    onChanges: null,
    log,
    signal: new AbortController().signal,
  })
  const begin = Date.now() - 90_000
  for (let ms = 0; ms <= 90_000; ms += 10_000) {
    const at = new Date(begin + ms)
    cluster.look(at, (world: World) => ({ ...world, leader: null, haproxy: 'none' }))
    await engine.lookAtAll(at)
  }
}

test('alerts and their incident are told, acknowledged, noted and written down, each act with its record', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  await loseLeader(owner)
  const viewer = await console.token('viewer')
  const token = await console.token('operator')
  const listed = await console.rest('GET', '/clusters/main/alerts?states=firing', { token: viewer })
  expect([listed.status, await listed.json()]).toMatchObject([
    200,
    { alerts: [{ ruleId: 'no-leader', severity: 'critical', state: 'firing' }], standingStill: [] },
  ])
  const page = await console.rest('GET', '/incidents?isOpen=true', { token: viewer })
  expect(await page.json()).toMatchObject({
    incidents: [{ number: 1, cause: 'leadership', firing: 1 }],
    nextBefore: null,
  })
  const told = async () => (await fleetRows(console.services.store))[0]
  const worst = {
    number: 1,
    severity: 'critical',
    sentence: 'Nobody holds the lead. Last known leader: unknown.',
    acknowledgedBy: null,
  }
  expect(await told()).toMatchObject({
    alerts: { critical: 1, warning: 0 },
    incidents: { open: 1, critical: 1, worst },
  })
  expect((await console.rest('POST', '/incidents/1/acknowledge', { token: viewer, body: {} })).status).toBe(403)
  const mine = await console.rest('POST', '/incidents/1/acknowledge', { token, body: {} })
  expect([mine.status, await mine.json()]).toMatchObject([200, { incident: { acknowledgedBy: expect.any(String) } }])
  expect((await told())?.incidents.worst?.acknowledgedBy).toEqual(expect.any(String))
  expect((await console.rest('POST', '/incidents/1/acknowledge', { token, body: {} })).status).toBe(409)
  const text = 'etcd was restarted by hand.'
  expect((await console.rest('POST', '/incidents/1/notes', { token, body: { text } })).status).toBe(201)
  const shown = await console.rest('GET', '/incidents/1', { token: viewer })
  expect(await shown.json()).toMatchObject({
    runbooks: ['leader-lost'],
    timeline: expect.arrayContaining([
      expect.objectContaining({ kind: 'alert', sentence: expect.stringContaining('Nobody holds the lead.') }),
      expect.objectContaining({ kind: 'note', sentence: expect.stringContaining(text) }),
    ]),
  })
  const report = await console.rest('GET', '/incidents/1/report', { token: viewer })
  expect(await report.json()).toMatchObject({ name: 'incident-1.md', markdown: expect.stringContaining(`> ${text}`) })
  const [incident] = (await owner.pool.query<{ id: string }>('select id from incident')).rows
  const wrote = { at: new Date(), level: 'INFO', text: 'promoted self to leader', times: 1 }
  const look = { node: 'db1', program: 'patroni', problem: null, lines: [wrote], readTo: null } as const
  await keepLogs(owner, incident?.id ?? '', {
    looks: [{ ...look, leftOut: 0, isCut: false }],
    at: new Date(),
    isLast: false,
  })
  const withLogs = async (as: string) => [
    await (await console.rest('GET', '/incidents/1', { token: as })).json(),
    await (await console.rest('GET', '/incidents/1/report', { token: as })).json(),
  ]
  const log = { node: 'db1', program: 'patroni', level: 'INFO', times: 1 }
  expect(await withLogs(token)).toMatchObject([
    {
      logs: { isAllowed: true, nodes: ['db1'] },
      timeline: expect.arrayContaining([expect.objectContaining({ kind: 'log', sentence: wrote.text, log })]),
    },
    { markdown: expect.stringContaining('INFO promoted self to leader') },
  ])
  const seen = await withLogs(viewer)
  expect(seen).toMatchObject([{ logs: { isAllowed: false, nodes: [] } }, {}])
  expect(JSON.stringify(seen)).not.toMatch(/promoted self|\bdb1\b/)
  expect((await console.rest('GET', '/incidents/2', { token: viewer })).status).toBe(404)
  const { rows } = await owner.pool.query('select action, outcome, cluster_name from audit_event order by seq')
  expect(rows).toEqual([
    { action: 'incidents.acknowledge', outcome: 'refused', cluster_name: 'main' },
    { action: 'incidents.acknowledge', outcome: 'done', cluster_name: 'main' },
    { action: 'incidents.acknowledge', outcome: 'refused', cluster_name: 'main' },
    { action: 'incidents.note', outcome: 'done', cluster_name: 'main' },
  ])
  await expect(console.services.store.pool.query(`update alert set state = 'resolved'`)).rejects.toMatchObject({
    code: '42501',
  })
  await expect(console.services.store.pool.query('update incident set closed_at = now()')).rejects.toMatchObject({
    code: '42501',
  })
})

test('a silence has a reason and an end, says what it silences, and can be ended', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  const token = await console.token('operator')
  const endsAt = new Date(Date.now() + 3_600_000).toISOString()
  const post = (body: unknown) => console.rest('POST', '/silences', { token, body })
  expect((await post({ endsAt, reason: 'everything hurts' })).status).toBe(400)
  expect((await post({ cluster: 'main', endsAt: new Date().toISOString(), reason: 'is past' })).status).toBe(400)
  expect((await post({ cluster: 'main', rule: 'no-such-rule', endsAt, reason: 'which one' })).status).toBe(400)
  const made = await post({ cluster: 'main', rule: 'replication-lag', endsAt, reason: 'a bulk load' })
  const silence: { id: string } = await made.json()
  expect([made.status, silence]).toMatchObject([201, { ruleId: 'replication-lag', clusterId, reason: 'a bulk load' }])
  const list = async () => (await console.rest('GET', '/silences?cluster=main', { token })).json()
  expect(await list()).toHaveLength(1)
  expect((await console.rest('DELETE', `/silences/${silence.id}`, { token })).status).toBe(200)
  expect((await console.rest('DELETE', `/silences/${silence.id}`, { token })).status).toBe(409)
  expect(await list()).toEqual([])
})

test('a rule is changed for one cluster with a reason, and what does not fit it is refused by field', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  const token = await console.token('operator')
  const put = (rule: string, body: unknown) => console.rest('PUT', `/clusters/main/rules/${rule}`, { token, body })
  const reason = 'the link is slow'
  const wrong = await put('replication-lag', { parameters: { minutes: 1 }, reason })
  expect([wrong.status, await wrong.json()]).toMatchObject([
    400,
    { fields: [{ field: 'parameters', sentence: expect.stringContaining('only seconds') }] },
  ])
  const set = await put('replication-lag', { parameters: { seconds: 90 }, severity: 'info', reason })
  const rules: { rule: { id: string }; override: unknown }[] = await set.json()
  expect(rules.find(({ rule }) => rule.id === 'replication-lag')).toMatchObject({
    override: { parameters: { seconds: 90 }, severity: 'info' },
    untriable: null,
  })
  await put('replication-lag', { reason: 'it is fast again' })
  const { rows } = await owner.pool.query('select * from rule_override')
  expect(rows).toEqual([])
})

test('a rule is tried over what was sampled of the last week', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await prepare(owner)
  const token = await console.token('viewer')
  const attempt = (rule: string, body: unknown) =>
    console.rest('POST', `/clusters/main/rules/${rule}/trial`, { token, body })
  await sweep(owner, { clusterId, version: 1 })
  expect(await (await attempt('replication-lag', {})).json()).toMatchObject({
    isTried: false,
    sentence: expect.stringContaining('nothing was sampled'),
  })
  await saveSamples(owner, { clusterId, executorId, samples: lagging(Date.now() - 5 * 3_600_000) })
  const tried = await (await attempt('replication-lag', {})).json()
  expect(tried).toMatchObject({
    isTried: true,
    sentence: 'It would have fired 1 time within the last week.',
    firings: [{ subject: 'pg-node-1' }],
  })
  const lenient = await attempt('replication-lag', { parameters: { seconds: 100 } })
  expect(await lenient.json()).toMatchObject({ sentence: 'It would not have fired within the last week.', firings: [] })
  expect(await (await attempt('pool-exhausted', {})).json()).toMatchObject({ isTried: false })
})

/** An hour of samples of a replica that was 60 s behind for its middle twenty minutes. */
function lagging(fromMs: number): Sample[] {
  return Array.from({ length: 120 }, (_, step) => {
    const isLate = step >= 40 && step < 80
    const values: Record<string, number> = { isLeader: 0, replayLagSeconds: isLate ? 60 : 0 }
    return {
      subject: { kind: 'member' as const, name: 'pg-node-1' },
      at: new Date(fromMs + step * 30_000),
      values: metrics.member.map(({ name }) => values[name] ?? null),
    }
  })
}

test('a runbook is told as it stands in its folder, and no other file can be named', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const headers = { authorization: `Bearer ${await console.token('viewer')}` }
  const ask = async (name: string) => console.query('runbooks.get', { name }, headers)
  expect(await (await ask('leader-lost')).text()).toContain('# The leader is lost')
  expect((await ask('no-such')).status).toBe(404)
  expect((await ask('../agents')).status).toBe(400)
})
