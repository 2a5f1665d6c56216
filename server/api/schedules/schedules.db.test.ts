import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { defaultTimetable } from '#domain/backup/backup-timetable.ts'
import { defaultRehearsalSchedule } from '#domain/rehearsal/rehearsal-schedule.ts'
import { answerInquiry, takeInquiries, type Inquiry } from '#server/store/inquiries.ts'
import { inTransaction } from '#server/store/open.ts'
import { keepRun, saveSchedule } from '#server/store/schedules.ts'
import { schedulesSeen } from '#server/store/schedules-seen.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'

const clusterId = randomUUID()

test('the web tier sets a schedule, judges backups by it, and cannot say how a run came about', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const token = await console.token('operator')
  const body = { schedule: defaultTimetable, reason: 'as usual' }
  const set = await console.rest('PUT', '/clusters/main/schedule/backups', { token, body })
  expect([set.status, await set.json()]).toMatchObject([200, { backup: { isEnabled: true, body: defaultTimetable } }])
  const dueAt = new Date(Date.now() - 3_600_000)
  const run = { kind: 'backup', dueAt, type: 'full', sentence: 'Nobody led.', operationId: null } as const
  expect(await keepRun(owner.pool, clusterId, { ...run, state: 'waiting' })).toBe(true)
  expect(await keepRun(owner.pool, clusterId, { ...run, state: 'waiting' })).toBe(false)
  expect(await keepRun(owner.pool, clusterId, { ...run, state: 'missed' })).toBe(true)
  expect(await keepRun(owner.pool, clusterId, { ...run, state: 'waiting' })).toBe(false)
  const got = await console.rest('GET', '/clusters/main/schedule', { token })
  expect(await got.json()).toMatchObject({ runs: [{ state: 'missed', dueAt: dueAt.toISOString() }] })
  const listed = await console.query('backups.list', { cluster: 'main' }, { authorization: `Bearer ${token}` })
  expect(await listed.text()).toContain('"scheduled":{"schedule":')
  await expect(console.services.store.pool.query('delete from scheduled_run')).rejects.toMatchObject({ code: '42501' })
  await expect(console.services.store.pool.query(`update scheduled_run set state = 'missed'`)).rejects.toMatchObject({
    code: '42501',
  })
})

test('a rehearsal that was missed is told with the backups it would have proven', async () => {
  await using owner = await openTestStore()
  await addCluster(owner, clusterId)
  const body = defaultRehearsalSchedule
  const given = { clusterId, kind: 'rehearsal', body, isEnabled: true, setBy: 'Ada' } as const
  await inTransaction(owner, (tx) => saveSchedule(tx, given))
  const run = { dueAt: new Date(), state: 'missed', sentence: 'No node had room.', operationId: null } as const
  await keepRun(owner.pool, clusterId, { ...run, kind: 'rehearsal', type: null })
  await keepRun(owner.pool, clusterId, { ...run, kind: 'backup', type: 'full' })
  expect(await schedulesSeen(owner, clusterId)).toMatchObject({
    scheduled: null,
    rehearsalsScheduled: { schedule: body, runs: [{ kind: 'rehearsal', state: 'missed' }] },
  })
  await inTransaction(owner, (tx) => saveSchedule(tx, { ...given, isEnabled: false }))
  expect(await schedulesSeen(owner, clusterId)).toMatchObject({ rehearsalsScheduled: null })
})

test('what is no schedule is refused by field, and whoever only looks sets none', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const put = async (role: 'viewer' | 'operator', runs: unknown[]) => {
    const body = { schedule: { runs, repository: 1 }, reason: 'as usual' }
    return console.rest('PUT', '/clusters/main/schedule/backups', { token: await console.token(role), body })
  }
  const without = await put('operator', [{ type: 'incr', weekdays: [1], hour: 1, minute: 0 }])
  expect([without.status, await without.json()]).toMatchObject([400, { fields: [{ field: 'schedule' }] }])
  expect((await put('operator', [{ type: 'full', weekdays: [9], hour: 1, minute: 0 }])).status).toBe(400)
  expect((await put('viewer', [])).status).toBe(403)
})

test('what an expiry would remove is told by a worker, and without that nothing may go', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const token = await console.token('admin')
  const preview = { backups: [{ repository: 1, label: '20261125-151700F' }], archives: [] }
  const asked = console.rest('GET', '/clusters/main/repository/expiry?repository=1', { token })
  expect(await answerAs(owner, preview)).toMatchObject({
    kind: 'expiry-preview',
    input: { clusterId, repository: 1, set: null },
  })
  const answer = await asked
  expect([answer.status, await answer.json()]).toEqual([200, preview])
  const body = { repository: 1, reason: 'the disk is full', confirmName: 'main' }
  const unseen = await console.rest('POST', '/clusters/main/repository/expire', { token, body })
  expect(unseen.status).toBe(400)
  const unnamed = { ...body, preview, confirmName: 'other' }
  const other = await console.rest('POST', '/clusters/main/repository/expire', { token, body: unnamed })
  expect([other.status, await other.json()]).toMatchObject([400, { fields: [{ field: 'confirmName' }] }])
  const operator = await console.token('operator')
  const forbidden = await console.rest('POST', '/clusters/main/repository/expire', { token: operator, body })
  expect(forbidden.status).toBe(403)
})

async function answerAs(owner: TestStore, answer: unknown): Promise<Inquiry> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [inquiry] = await takeInquiries(owner)
    if (inquiry) {
      await answerInquiry(owner, inquiry.id, { answer })
      return inquiry
    }
    await sleep(100)
  }
  throw new Error('Nothing was asked.')
}
