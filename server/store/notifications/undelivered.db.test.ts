import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { dismissNotification, retryNotification } from './log.ts'
import { readUndelivered } from './undelivered.ts'

const clusterId = '00000000-0000-4000-8000-000000000001'
const other = '00000000-0000-4000-8000-000000000002'
const minutesAgo = (minutes: number) => new Date(Math.floor(Date.now() / 1000) * 1000 - minutes * 60_000)

interface Row {
  channel?: string
  cluster?: string
  ruleId?: string
  state: string
  attempts?: number
  createdAt: Date
  nextAttemptAt?: Date
  attemptedAt?: Date
  sentAt?: Date
}

async function add(store: TestStore, row: Row): Promise<void> {
  const { channel = 'hook', cluster = clusterId, ruleId = 'no-leader', state, attempts = 0, createdAt } = row
  await store.pool.query(
    `insert into notification (channel_id, cluster_id, cluster_name, dedup_key, kind, severity, told, state, attempts,
                               created_at, next_attempt_at, attempted_at, sent_at)
     select id, $2, 'main', 'k', 'acknowledge', 'critical', $3, $4, $5, $6, $7, $8, $9 from channel where name = $1`,
    [
      channel,
      cluster,
      JSON.stringify({ ruleId }),
      state,
      attempts,
      createdAt,
      row.nextAttemptAt ?? createdAt,
      row.attemptedAt ?? null,
      row.sentAt ?? null,
    ],
  )
}

test('given up within a day and the longest wait are told, of the cluster and of channels that are not paused', async () => {
  await using store = await openTestStore()
  await store.pool.query(
    `insert into channel (name, kind, settings, is_paused, created_by)
     values ('hook', 'webhook', '{}', false, 'test'), ('paused', 'webhook', '{}', true, 'test')`,
  )
  expect(await readUndelivered(store.pool, clusterId)).toEqual({ dead: 0, waitingSince: null })

  // None of these counts: arrived, of another cluster, paused, given up long ago, or about this itself.
  await add(store, { state: 'sent', createdAt: minutesAgo(50), sentAt: minutesAgo(45) })
  await add(store, { state: 'dead', cluster: other, createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  await add(store, { state: 'waiting', channel: 'paused', createdAt: minutesAgo(50) })
  await add(store, { state: 'dead', createdAt: minutesAgo(3_000), attemptedAt: minutesAgo(2_900) })
  const ruleId = 'notifications-undelivered'
  await add(store, { state: 'dead', ruleId, createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  expect(await readUndelivered(store.pool, clusterId)).toEqual({ dead: 0, waitingSince: null })

  await add(store, { state: 'dead', createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  const failedSince = minutesAgo(20)
  // Tried again by hand: it waits since then. What failed waits since it was made.
  await add(store, { state: 'waiting', createdAt: minutesAgo(90), nextAttemptAt: minutesAgo(2) })
  await add(store, { state: 'waiting', attempts: 3, createdAt: failedSince, nextAttemptAt: minutesAgo(-5) })
  const { dead, waitingSince } = await readUndelivered(store.pool, clusterId)
  expect(dead).toBe(1)
  expect(waitingSince).toEqual(failedSince)
})

test('an alert that fires and was never told counts, although its channel delivers again', async () => {
  await using store = await openTestStore()
  await store.pool.query(
    `insert into channel (name, kind, settings, created_by) values ('hook', 'webhook', '{}', 'test')`,
  )
  await store.pool.query(
    `insert into alert (id, cluster_id, cluster_name, rule_id, title, subject, severity, cause, state, summary, since, counts_from, fired_at, held_at, facts)
     values ($1, $2, 'main', 'no-leader', 'No leader', '', 'critical', 'leader', 'firing', 'a', now(), now(), now(), now(), '{}')`,
    [other, clusterId],
  )
  await add(store, { state: 'dead', createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  await store.pool.query(`update notification set alert_id = $1, kind = 'trigger'`, [other])
  await add(store, { state: 'sent', createdAt: minutesAgo(5), sentAt: minutesAgo(4) })
  const dead = async () => (await readUndelivered(store.pool, clusterId)).dead
  expect(await dead()).toBe(1)
  // Told again and given up again, it is one thing that did not arrive; told again and sent, it did.
  await add(store, { state: 'dead', createdAt: minutesAgo(3), attemptedAt: minutesAgo(3) })
  await add(store, { state: 'waiting', attempts: 1, createdAt: minutesAgo(1) })
  await store.pool.query(`update notification set alert_id = $1, kind = 'trigger' where state <> 'sent'`, [other])
  expect(await dead()).toBe(1)
  await store.pool.query(`update notification set state = 'sent', sent_at = now() where state = 'waiting'`)
  expect(await dead()).toBe(0)
  await store.pool.query(`delete from notification where state = 'sent' and alert_id is not null`)
  expect(await dead()).toBe(1)
  await add(store, { state: 'sent', createdAt: minutesAgo(1), sentAt: minutesAgo(1) })
  expect(await dead()).toBe(1)
  await store.pool.query(`update alert set state = 'resolved', resolved_at = now()`)
  expect(await dead()).toBe(0)
})

test('the end of a page that was refused counts until a person sees to it: the page is still open', async () => {
  await using store = await openTestStore()
  await store.pool.query(
    `insert into channel (name, kind, settings, created_by) values ('pager', 'pagerduty', '{}', 'test')`,
  )
  await add(store, { state: 'dead', channel: 'pager', createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  await store.pool.query(`update notification set kind = 'resolve'`)
  await add(store, { state: 'sent', channel: 'pager', createdAt: minutesAgo(5), sentAt: minutesAgo(4) })
  const dead = async () => (await readUndelivered(store.pool, clusterId)).dead
  expect(await dead()).toBe(1)
  await store.pool.query(`update notification set dismissed_at = now(), dismissed_by = 'Ada' where state = 'dead'`)
  expect(await dead()).toBe(0)
})

test('what was given up counts until its channel delivers something after it, or a person dismisses it', async () => {
  await using store = await openTestStore()
  await store.pool.query(
    `insert into channel (name, kind, settings, created_by)
     values ('hook', 'webhook', '{}', 'test'), ('mail', 'email', '{}', 'test')`,
  )
  const dead = async () => (await readUndelivered(store.pool, clusterId)).dead
  for (const channel of ['hook', 'mail'])
    await add(store, { state: 'dead', channel, createdAt: minutesAgo(50), attemptedAt: minutesAgo(40) })
  // Sent before, or not sent yet: neither says that the channel works again.
  await add(store, { state: 'sent', createdAt: minutesAgo(50), attemptedAt: minutesAgo(41), sentAt: minutesAgo(41) })
  await add(store, { state: 'waiting', attempts: 1, createdAt: minutesAgo(5), attemptedAt: minutesAgo(4) })
  expect(await dead()).toBe(2)
  await add(store, { state: 'sent', cluster: other, createdAt: minutesAgo(3), sentAt: minutesAgo(3) })
  expect(await dead()).toBe(1)
  const { rows } = await store.pool.query<{ id: number }>(
    `select n.id from notification n join channel c on c.id = n.channel_id where n.state = 'dead' and c.name = 'mail'`,
  )
  const id = rows[0]?.id ?? 0
  expect(await dismissNotification(store.pool, id, 'Ada')).toBe(true)
  expect(await dismissNotification(store.pool, id, 'Ben')).toBe(false)
  expect(await dead()).toBe(0)
  // Given up once more, it counts once more.
  expect(await retryNotification(store.pool, id)).toBe(true)
  await store.pool.query(`update notification set state = 'dead', attempted_at = now() where id = $1`, [id])
  expect(await dead()).toBe(1)
})
