import { DBOS } from '@dbos-inc/dbos-sdk'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { defaultRehearsalSchedule } from '#domain/rehearsal/rehearsal-schedule.ts'
import { createLog } from '#server/log.ts'
import { settleSchedules } from '#server/operations/schedules/settle-all.ts'
import { inTransaction } from '#server/store/open.ts'
import { runsSince, saveSchedule } from '#server/store/schedules.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { makeRecoverable } from '../testing/recoverable.ts'
import { addCluster } from '../testing/sweep.ts'

const log = createLog('test')
log.level = 'silent'

test('a rehearsal that is due becomes one operation, whoever looks and however often', async () => {
  await using store = await openTestStore()
  await DBOS.migrate(store.url)
  const clusterId = randomUUID()
  const now = new Date()
  await addCluster(store, clusterId)
  await makeRecoverable(store, clusterId, now)
  const due = { weekday: now.getUTCDay(), hour: now.getUTCHours(), minute: now.getUTCMinutes() }
  // Its backups reach from 57 to 50 minutes ago.
  const body = { ...defaultRehearsalSchedule, ...due, beforeMs: 55 * 60_000, check: 'select 1' }
  await inTransaction(store, (tx) =>
    saveSchedule(tx, { clusterId, kind: 'rehearsal', body, isEnabled: true, setBy: 'Ada' }),
  )
  await store.pool.query(`update schedule set set_at = now() - interval '5 minutes'`)
  const look = () => settleSchedules({ store, log, now: new Date(), debugPoint: () => {} })
  await Promise.all([look(), look()])
  await look()
  const { rows } = await store.pool.query(
    `select kind, actor_id, plan->>'check' as check, plan->'target'->>'type' as target from operation`,
  )
  expect(await runsSince(store.pool, clusterId, new Date(0))).toMatchObject([
    { kind: 'rehearsal', state: 'begun', sentence: null, type: null },
  ])
  expect(rows).toEqual([{ kind: 'rehearsal', actor_id: 'console', check: 'select 1', target: 'time' }])
})

test('the default schedule is kept in a quiet cluster too, whose leader has not archived the moment yet', async () => {
  await using store = await openTestStore()
  await DBOS.migrate(store.url)
  const clusterId = randomUUID()
  const now = new Date()
  await addCluster(store, clusterId)
  await makeRecoverable(store, clusterId, now)
  const due = { weekday: now.getUTCDay(), hour: now.getUTCHours(), minute: now.getUTCMinutes() }
  // Nothing was archived for 50 minutes.
  const body = { ...defaultRehearsalSchedule, ...due, beforeMs: 30 * 60_000 }
  await inTransaction(store, (tx) =>
    saveSchedule(tx, { clusterId, kind: 'rehearsal', body, isEnabled: true, setBy: 'Ada' }),
  )
  await store.pool.query(`update schedule set set_at = now() - interval '5 minutes'`)
  await settleSchedules({ store, log, now: new Date(), debugPoint: () => {} })
  expect(await runsSince(store.pool, clusterId, new Date(0))).toMatchObject([{ state: 'begun', sentence: null }])
  const { rows } = await store.pool.query(`select plan->'archivesFirst' as first from operation`)
  expect(rows).toEqual([{ first: true }])
})
