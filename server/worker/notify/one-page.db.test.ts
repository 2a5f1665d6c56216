import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dead, withMember } from '#domain/testing/change.ts'
import type { World } from '#domain/testing/world.ts'
import { AlertEngine } from '#server/alerts/engine.ts'
import { tellAll, tellingListener } from '#server/alerts/notify/tell.ts'
import { at } from '#server/alerts/testing/bench.ts'
import { TestCluster } from '#server/alerts/testing/watched.ts'
import { createLog } from '#server/log.ts'
import { listIncidents } from '#server/store/alerts/incidents.ts'
import { loadWorkerKeys } from '#server/store/keys.ts'
import { takeLeases } from '#server/store/leases.ts'
import { replaceRoutes } from '#server/store/notifications/routes.ts'
import { inTransaction } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { deliverOnOne } from './deliver.ts'
import { Bench } from './testing/bench.ts'
import { ok, serveReceiver } from './testing/receiver.ts'

const log = createLog('test')
log.level = 'silent'

const gone = (world: World): World => {
  const without = withMember(world, 'pg-node-3', dead(at(12), false))
  const members = without.members.map((member) => ({
    ...member,
    state: member.name === 'pg-node-3' ? member.state : 'running',
    streamsFrom: null,
  }))
  const haproxy = { primary: [], replicas: ['pg-node-1', 'pg-node-2'] }
  return { ...without, leader: null, leaderChangedAt: at(40), haproxy, members }
}

test('a machine that dies with the leader on it calls once, through all that is found of it, and the page ends', async () => {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-one-page-'))
  await using store = await openTestStore()
  await using receiver = await serveReceiver(ok)
  const settings = { kind: 'pagerduty' as const, url: receiver.url }
  const bench = await new Bench(store, loadWorkerKeys(home)).open(settings, '0123456789abcdef0123456789abcdef')
  const steps = [{ afterMinutes: 0, channelIds: [bench.channelId] }]
  await inTransaction(store, (tx) =>
    replaceRoutes(tx, [
      { severity: 'warning', cluster: null, label: null, hours: null, steps, repeatMinutes: null, goesOn: false },
    ]),
  )
  await takeLeases(store, { executorId: 'w1', clusterIds: [bench.clusterId], ttlMs: 600_000 })
  const cluster = new TestCluster(bench.clusterId)
  const engine = new AlertEngine({
    store,
    executorId: 'w1',
    watched: () => [cluster],
    onChanges: tellingListener(log),
    log,
    signal: new AbortController().signal,
  })
  const follow = async (from: number, to: number, change?: (world: World) => World) => {
    for (let seconds = from; seconds <= to; seconds += 5) {
      cluster.look(at(seconds), change)
      await engine.lookAtAll(at(seconds))
      await tellAll(store, new Date())
      if (seconds % 30 === 0) await bench.pass()
      await deliverOnOne(bench.worker({ mostInMinute: 1_000 }))
    }
  }
  await follow(0, 10)
  await follow(15, 400, gone)
  const events = () => receiver.got.map(({ body }) => ({ action: body['event_action'], key: body['dedup_key'] }))
  expect(await listIncidents(store, { isOpen: true, limit: 50 })).toHaveLength(1)
  expect(events().length).toBeGreaterThan(1)
  expect(new Set(events().map(({ key }) => key)).size).toBe(1)
  expect(new Set(events().map(({ action }) => action))).toEqual(new Set(['trigger']))
  await follow(405, 900)
  expect(await listIncidents(store, { isOpen: true, limit: 50 })).toEqual([])
  expect(new Set(events().map(({ key }) => key)).size).toBe(1)
  expect(events().filter(({ action }) => action === 'resolve')).toHaveLength(1)
  expect(events().at(-1)?.action).toBe('resolve')
  rmSync(home, { recursive: true })
}, 240_000)
