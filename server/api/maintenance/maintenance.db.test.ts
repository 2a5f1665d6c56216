import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster } from '../testing/sweep.ts'

const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

test('a window is begun, listed, extended and ended, each act with its record; who only reads is refused', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, randomUUID())
  const token = await console.token('operator')
  const body = { cluster: 'main', endsAt: soon(60), forbids: 'acts-of-others', reason: 'kernel update' }
  const viewer = await console.token('viewer')
  expect((await console.rest('POST', '/maintenance', { token: viewer, body })).status).toBe(403)
  const begun = await console.rest('POST', '/maintenance', { token, body })
  const window = JSON.parse(await begun.text())
  expect([begun.status, window]).toMatchObject([201, { clusterName: 'main', label: null, forbids: 'acts-of-others' }])
  const listed = await console.rest('GET', '/maintenance?cluster=main', { token: viewer })
  expect(await listed.json()).toMatchObject({ windows: [{ id: window.id, owner: { name: expect.any(String) } }] })
  const muted = await console.rest('GET', '/clusters/main/alerts', { token: viewer })
  expect(await muted.json()).toMatchObject({ muted: [{ clusterId: window.clusterId, reason: 'kernel update' }] })
  const extend = (endsAt: string) =>
    console.rest('POST', `/maintenance/${window.id}/extend`, { token, body: { endsAt, reason: 'it takes longer' } })
  expect((await extend(soon(30))).status).toBe(400)
  expect((await extend(soon(8 * 24 * 60))).status).toBe(400)
  expect((await extend(soon(120))).status).toBe(200)
  expect((await console.rest('DELETE', `/maintenance/${window.id}`, { token })).status).toBe(200)
  expect((await console.rest('DELETE', `/maintenance/${window.id}`, { token })).status).toBe(409)
  const { rows } = await owner.pool.query('select action, outcome, target, reason from audit_event order by seq')
  expect(rows).toEqual([
    { action: 'maintenance.start', outcome: 'refused', target: 'main', reason: null },
    { action: 'maintenance.start', outcome: 'done', target: 'main', reason: 'kernel update' },
    { action: 'maintenance.extend', outcome: 'refused', target: 'main', reason: 'it takes longer' },
    { action: 'maintenance.extend', outcome: 'refused', target: 'main', reason: 'it takes longer' },
    { action: 'maintenance.extend', outcome: 'done', target: 'main', reason: 'it takes longer' },
    { action: 'maintenance.end', outcome: 'done', target: 'main', reason: 'kernel update' },
    { action: 'maintenance.end', outcome: 'refused', target: 'main', reason: 'kernel update' },
  ])
})

test('a window has an end, a beginning that is not past, and is over one thing', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, randomUUID())
  const token = await console.token('operator')
  const ask = async (body: object) =>
    (await console.rest('POST', '/maintenance', { token, body: { reason: 'because', ...body } })).status
  expect(await ask({ cluster: 'main' })).toBe(400)
  expect(await ask({ endsAt: soon(60) })).toBe(400)
  expect(await ask({ cluster: 'main', label: 'prod', endsAt: soon(60) })).toBe(400)
  expect(await ask({ cluster: 'main', endsAt: soon(8 * 24 * 60) })).toBe(400)
  expect(await ask({ cluster: 'main', startsAt: soon(-30), endsAt: soon(60) })).toBe(400)
  expect(await ask({ cluster: 'other', endsAt: soon(60) })).toBe(404)
  expect(await ask({ label: 'prod', startsAt: soon(30), endsAt: soon(60) })).toBe(201)
})

test('the web tier can neither move the beginning of a window nor unsay that its end was told', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { pool } = console.services.store
  for (const change of ["starts_at = now() - interval '1 day'", 'told_end_at = null', "owner_name = 'x'"])
    await expect(pool.query(`update maintenance_window set ${change}`)).rejects.toThrow('permission denied')
  await expect(pool.query('update availability_stretch set ended = now()')).rejects.toThrow('permission denied')
  await expect(pool.query('delete from share_link')).rejects.toThrow('permission denied')
})
