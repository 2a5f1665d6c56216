import { expect, test } from 'vitest'
import { sealForWorkers } from '#server/store/seal.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { generateKeyPairSync } from 'node:crypto'
import { openTestConsole } from '../testing/console.ts'

const webhook = { kind: 'webhook', url: 'https://alerts.example.org/hook', user: null, caPem: null }

test('an administrator keeps channels and routes; secrets go in and never come out', async () => {
  await using owner = await openTestStore()
  const { publicKey } = generateKeyPairSync('x25519')
  const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  expect(sealForWorkers(der, 'a', 'b').length).toBeGreaterThan(0)
  await owner.pool.query(`insert into setting (key, value) values ('workers.sealing-key', $1)`, [
    JSON.stringify({ publicKey: der }),
  ])
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const added = await console.rest('POST', '/channels', {
    token,
    body: { name: 'hook', settings: webhook, sendsResolved: true, secret: 'a-very-secret-word' },
  })
  expect(added.status).toBe(201)
  const { id } = await added.json()
  const faulty = await console.rest('POST', '/channels', {
    token,
    body: { name: 'pd', settings: { kind: 'pagerduty', url: 'https://events.pagerduty.com/' }, sendsResolved: true },
  })
  expect(await faulty.json()).toMatchObject({ fields: [{ field: 'secret' }] })
  const route = {
    severity: 'critical',
    cluster: null,
    label: 'prod',
    hours: null,
    steps: [{ afterMinutes: 0, channelIds: [id] }],
    repeatMinutes: 240,
    goesOn: false,
  }
  const { revision } = await (await console.rest('GET', '/notification-routes', { token })).json()
  const set = await console.rest('PUT', '/notification-routes', { token, body: { revision, routes: [route] } })
  expect(await set.json()).toMatchObject({
    routes: [{ sentence: 'Critical alerts of clusters labelled prod: at once to hook. Again every 4 h.' }],
  })
  const again = await console.rest('PUT', '/notification-routes', { token, body: { revision, routes: [] } })
  expect(again.status).toBe(409)
  const removed = await console.rest('DELETE', '/channels/hook', { token })
  expect((await removed.json()).detail).toContain('Route 1 leads to hook')
  const shown = await (await console.rest('GET', '/channels', { token })).text()
  expect(shown).toContain('"hasSecret":true')
  const { rows } = await owner.pool.query('select detail from audit_event')
  expect(`${shown}${JSON.stringify(rows)}`).not.toContain('a-very-secret-word')
  const viewer = await console.token('viewer')
  expect((await console.rest('GET', '/channels', { token: viewer })).status).toBe(200)
  expect((await console.rest('DELETE', '/channels/hook', { token: viewer })).status).toBe(403)
})

/** Keeps a notification that was given up. */
async function giveUp(owner: TestStore): Promise<void> {
  await owner.pool.query(
    `with c as (insert into channel (name, kind, settings, created_by) values ('hook', 'webhook', $1, 'test') returning id)
     insert into notification (channel_id, cluster_name, dedup_key, kind, severity, told, state, attempts)
     select id, 'main', 'k', 'trigger', 'critical', $2, 'dead', 3 from c`,
    [JSON.stringify(webhook), JSON.stringify(told)],
  )
}

test('what was given up is dismissed once, by whoever may, and the audit tells of it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await giveUp(owner)
  const log = await (await console.rest('GET', '/notifications?states=dead', { token })).json()
  expect(log.notifications[0]).toMatchObject({ dismissedAt: null, dismissedBy: null })
  const path = `/notifications/${log.notifications[0].id}/dismiss`
  expect((await console.rest('POST', path, { token: await console.token('operator') })).status).toBe(403)
  const dismissed = await (await console.rest('POST', path, { token })).json()
  expect(dismissed).toMatchObject({ state: 'dead', dismissedBy: expect.any(String), dismissedAt: expect.any(String) })
  const again = await console.rest('POST', path, { token })
  expect(again.status).toBe(409)
  expect((await again.json()).detail).toContain('has dismissed it already')
  const { rows } = await owner.pool.query(
    `select target, outcome, detail ->> 'sentence' as sentence from audit_event where action = 'notifications.dismiss' order by seq`,
  )
  expect(rows).toMatchObject([
    { outcome: 'refused' },
    { target: 'hook', outcome: 'done', sentence: 'Nobody leads.' },
    { outcome: 'refused' },
  ])
  const retried = await console.rest('POST', path.replace('dismiss', 'retry'), { token })
  expect(await retried.json()).toMatchObject({ state: 'waiting', dismissedAt: null })
})

test('what was given up is tried again once', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await giveUp(owner)
  const log = await (await console.rest('GET', '/notifications?states=dead', { token })).json()
  expect(log).toMatchObject({ notifications: [{ state: 'dead', channelName: 'hook' }], nextBefore: null })
  const path = `/notifications/${log.notifications[0].id}/retry`
  expect(await (await console.rest('POST', path, { token })).json()).toMatchObject({ state: 'waiting', attempts: 0 })
  expect((await console.rest('POST', path, { token })).status).toBe(409)
})

const told = {
  key: 'k',
  alertId: 'a',
  ruleId: 'no-leader',
  title: 'No leader',
  subject: 'main',
  member: null,
  clusterId: '00000000-0000-4000-8000-000000000001',
  cluster: 'main',
  labels: [],
  cause: 'leadership',
  severity: 'critical',
  sentence: 'Nobody leads.',
  news: 'began',
  since: '2026-11-26T12:00:00.000Z',
  resolvedAt: null,
  incident: null,
  acknowledgedBy: null,
  runbook: null,
  peak: null,
}
