import pg from 'pg'
import { expect, test } from 'vitest'
import type { PostgresDetail } from '#domain/stack/postgres-detail.ts'
import { startStandbyPair } from '#tools/testing/standby-pair.ts'
import { createPostgresDetailLook } from './detail-look.ts'

const at = (port: number, user: string) => ({ host: '127.0.0.1', port, user, database: 'postgres' })

/** A connection, or a look as a role that has pg_monitor and nothing else, until the end of the block. */
async function admin(port: number) {
  const client = new pg.Client(at(port, 'postgres'))
  client.on('error', () => {})
  await client.connect()
  return { sql: (text: string) => client.query(text), [Symbol.asyncDispose]: () => client.end() }
}

function watcher(port: number) {
  const look = createPostgresDetailLook({ ...at(port, 'watcher'), password: null, who: 'pg-node-1' })
  return { read: () => look.read(), [Symbol.dispose]: () => look.close() }
}

test('a primary and its standby tell of each other, and nothing of one another once they are apart', async () => {
  await using pair = await startStandbyPair()
  await using primary = await admin(pair.primaryPort)
  await primary.sql('create role watcher login; grant pg_monitor to watcher')
  await primary.sql(`select pg_create_physical_replication_slot('left', true)`)
  using onPrimary = watcher(pair.primaryPort)
  using onStandby = watcher(pair.standbyPort)
  const isStanding = async () => (await onStandby.read().catch(() => null))?.receiver?.status ?? null
  await expect.poll(isStanding, { timeout: 60_000 }).toBe('streaming')

  const senders = async () => (await onPrimary.read()).senders
  const settled = { state: 'streaming', replayLagBytes: 0, writeLagBytes: 0 }
  await expect.poll(senders, { timeout: 60_000 }).toMatchObject([settled])
  const [sender] = await senders()
  expect(sender).toMatchObject({ application: 'standby', address: '127.0.0.1', slot: 'standby', syncState: 'async' })
  // Nothing is behind: that is no time, whatever Postgres leaves out.
  expect(sender?.replayLagSeconds).toBeLessThan(1)
  const seenByPrimary = await onPrimary.read()
  expect(seenByPrimary).toMatchObject({ inRecovery: false, receiver: null, connections: { walSenders: 1 } })
  expect(seenByPrimary.slots.find(({ name }) => name === 'standby')).toMatchObject({ active: true, type: 'physical' })
  expect(seenByPrimary.archiver).toMatchObject({ mode: 'on', command: null })

  // Replay stands still while WAL arrives.
  await using standby = await admin(pair.standbyPort)
  await standby.sql('select pg_wal_replay_pause()')
  await primary.sql('create table t as select generate_series(1, 10000) as n')
  await expect.poll(senders, { timeout: 60_000 }).toMatchObject([{ writeLagBytes: 0, flushLagBytes: 0 }])
  const seenByStandby = await onStandby.read()
  const [lagging] = await senders()
  expect(lagging?.replayLagBytes).toBeGreaterThan(100_000)
  expect(seenByStandby).toMatchObject({
    inRecovery: true,
    archiver: null,
    receiver: { replayPaused: true, slot: 'standby' },
  })
  expect(seenByStandby.receiver?.receivedLsn).toBeGreaterThan(Number(seenByStandby.receiver?.replayedLsn))
  expect(seenByStandby.lsn).toBe(seenByStandby.receiver?.replayedLsn)
  expect(retained(await onPrimary.read(), 'left')).toBeGreaterThan(100_000)

  // Alone, the standby has no receiver: that is not known, and never zero.
  await standby.sql('select pg_wal_replay_resume()')
  await pair.stopPrimary()
  await expect.poll(isStanding, { timeout: 60_000 }).toBe(null)
  const { receiver } = await onStandby.read()
  expect(receiver).toMatchObject({ status: null, senderHost: null, lastMessageAgeSeconds: null })
  await expect(onPrimary.read()).rejects.toMatchObject({ name: 'LookError' })
})

function retained(detail: PostgresDetail, slot: string): number | null | undefined {
  return detail.slots.find(({ name }) => name === slot)?.retainedBytes
}
