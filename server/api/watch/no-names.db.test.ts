import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { makeWatchCookie } from '#server/auth/watch-cookie.ts'
import { keepLooks } from '#server/store/availability/keep-looks.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, publicUrl } from '../testing/console.ts'
import { addCluster, makeEvent, sweep } from '../testing/sweep.ts'
import { answerWatch } from './http.ts'
import { watchRoot } from './root.ts'

/** All by which a member or a machine of the cluster is known. */
function namesIn(snapshot: Snapshot): string[] {
  const members = snapshot.members.flatMap(({ name, host, apiUrl }) => [name, host, apiUrl])
  const etcd = snapshot.etcd?.endpoints.map(({ url }) => url) ?? []
  const servers =
    snapshot.haproxy?.backends.flatMap((backend) => JSON.stringify(backend).match(/[\w.-]+:\d+/g) ?? []) ?? []
  return [...new Set([...members, ...etcd, ...servers, snapshot.scope, snapshot.systemIdentifier])].filter(
    (name) => name !== null,
  )
}

test('nothing that a link is answered names a member, a host or an address', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = randomUUID()
  await addCluster(owner, clusterId)
  const now = Date.now()
  const took = { ...makeEvent('pg-node-1 leads now.'), member: 'pg-node-1', from: 'pg-node-3', to: 'pg-node-1' }
  await sweep(owner, { clusterId, version: 1, events: [took] })
  const snapshot = await latestSnapshot(owner, clusterId)
  const names = snapshot ? namesIn(snapshot) : []
  expect(names.length).toBeGreaterThan(6)
  const looked = (ago: number, state: 'serving' | 'not-serving' | 'unseen') => ({
    state,
    cause: ({ serving: null, 'not-serving': 'no-leader', unseen: 'leader-silent' } as const)[state],
    leader: 'pg-node-3',
    from: new Date(now - ago),
    to: new Date(now - ago),
    lastWriteAt: null,
  })
  await keepLooks(owner.pool, {
    clusterId,
    standing: null,
    looks: [looked(9_000, 'serving'), looked(7_000, 'not-serving'), looked(5_000, 'unseen'), looked(3_000, 'serving')],
  })
  // What people write about planned work may name anything: it is not told.
  await owner.pool.query(
    `insert into maintenance_window (cluster_id, reason, owner_name, forbids, starts_at, ends_at)
     values ($1, 'new disk in pg-node-2 (10.0.1.11)', 'Ada of db-team.example.org', 'nothing', now(), now() + interval '1 hour')`,
    [clusterId],
  )
  const admin = await console.token('admin')
  const body = { title: 'For the shop', clusters: ['main'] }
  const { share } = JSON.parse(await (await console.rest('POST', '/shares', { token: admin, body })).text())
  const { rules, secret } = console.services
  const cookie = `${rules.watch}=${makeWatchCookie(secret, share.id, new Date())}`
  for (const procedure of Object.keys(watchRoot._def.procedures)) {
    const request = new Request(`${publicUrl}/api/watch/${procedure}`, { headers: { cookie, 'x-share': share.id } })
    const response = await answerWatch(console.services, request)
    const text = `${await response.text()} ${JSON.stringify([...response.headers])}`
    expect(response.status).toBe(200)
    expect(text).toContain('"planned":[{')
    expect(text).toContain('"isPlanned":')
    for (const name of [...names, 'pg-node', '10.0.1.', 'Ada', 'example.org', clusterId]) {
      expect([procedure, name, text.includes(name)]).toEqual([procedure, name, false])
    }
  }
})
