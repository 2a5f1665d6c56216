import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { lookOf } from '#domain/availability/look.ts'
import { summarise } from '#domain/fleet/fleet-row.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { createLog } from '#server/log.ts'
import { takeLeases } from '#server/store/leases.ts'
import { readStanding, readStretches } from '#server/store/availability/read.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { SweepSaver } from './saver.ts'

const log = createLog('test')
log.level = 'silent'

const begin = Date.parse('2026-11-26T12:00:00.000Z')
const at = (seconds: number) => new Date(begin + seconds * 1000)

/** A worker that sees a cluster as the world is at each moment. */
class Worker {
  readonly #store: TestStore
  readonly #clusterId: string
  readonly #saver: SweepSaver
  #previous: Snapshot | null = null
  #version: number

  constructor(store: TestStore, clusterId: string, version = 0) {
    this.#store = store
    this.#clusterId = clusterId
    this.#version = version
    this.#saver = new SweepSaver({ store, executorId: 'w1', onLost: () => undefined, log })
  }

  /** Takes a snapshot; what is offered is kept in the order in which it comes. */
  offer(seconds: number, change: (world: World) => World = (world) => world): void {
    const now = at(seconds)
    const readings = { ...readingsOf(change(healthyWorld(now))), clusterId: this.#clusterId, clusterName: 'main' }
    this.#version += 1
    const snapshot = { ...takeSnapshot(this.#previous, readings, now), version: this.#version }
    this.#previous = snapshot
    const assessment = assess(snapshot, now)
    this.#saver.offer({
      snapshot,
      summary: summarise(snapshot, assessment),
      events: [],
      look: lookOf(snapshot, assessment.findings),
    })
  }

  /** Resolves when the newest snapshot is kept. */
  async kept(): Promise<void> {
    const isKept = async () => {
      const { rows } = await this.#store.pool.query<{ version: number }>(
        'select version from latest_snapshot where cluster_id = $1',
        [this.#clusterId],
      )
      return rows[0]?.version === this.#version
    }
    for (let n = 0; n < 400 && !(await isKept()); n += 1) await sleep(50)
    if (!(await isKept())) throw new Error('The snapshot was not kept.')
  }

  stop(): Promise<void> {
    return this.#saver.stop()
  }
}

async function prepare(store: TestStore): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into cluster (name, endpoints) values ('main', '{}') returning id`,
  )
  const id = rows[0]?.id ?? ''
  await takeLeases(store, { executorId: 'w1', clusterIds: [id], ttlMs: 600_000 })
  return id
}

/** Nobody leads, and no member takes writes. */
function leaderless(world: World): World {
  return { ...world, leader: null, members: world.members.map((member) => ({ ...member, postgres: 'standby' })) }
}

const stretchesOf = (store: TestStore, id: string) => readStretches(store.pool, id, new Date(0), at(1e7))

test('an outage is kept with the snapshot that shows it, and ended with the one that shows its end', async () => {
  await using store = await openTestStore()
  const id = await prepare(store)
  const worker = new Worker(store, id)
  worker.offer(0)
  worker.offer(2)
  await worker.kept()
  expect(await readStanding(store.pool, id)).toMatchObject({ state: 'serving', measuredFrom: at(0), lookedAt: at(2) })
  worker.offer(4, leaderless)
  await worker.kept()
  expect(await stretchesOf(store, id)).toMatchObject([{ kind: 'outage', ended: null }])
  worker.offer(6, leaderless)
  worker.offer(8)
  await worker.kept()
  await worker.stop()
  const [outage, ...others] = await stretchesOf(store, id)
  expect(others).toEqual([])
  expect(outage).toMatchObject({ kind: 'outage', ended: at(8) })
  expect(outage?.began.getTime()).toBeLessThanOrEqual(at(2).getTime())
})

test('the gap between two workers is unseen, and the outage in which the first went is ended with its last look', async () => {
  await using store = await openTestStore()
  const id = await prepare(store)
  const first = new Worker(store, id)
  first.offer(0)
  await first.kept()
  first.offer(2, leaderless)
  await first.kept()
  await first.stop()
  const second = new Worker(store, id, 10)
  second.offer(62)
  await second.kept()
  await second.stop()
  expect(await stretchesOf(store, id)).toMatchObject([
    { kind: 'outage', ended: at(2) },
    { kind: 'unseen', began: at(2), ended: at(62), cause: 'nobody-looked' },
  ])
})

test('a worker that takes over without a gap goes on with what the last one measured', async () => {
  await using store = await openTestStore()
  const id = await prepare(store)
  const first = new Worker(store, id)
  first.offer(0)
  await first.kept()
  first.offer(2, leaderless)
  await first.kept()
  await first.stop()
  const second = new Worker(store, id, 10)
  second.offer(5, leaderless)
  await second.kept()
  second.offer(7)
  await second.kept()
  await second.stop()
  expect(await stretchesOf(store, id)).toMatchObject([{ kind: 'outage', ended: at(7) }])
})

test('while the store is away the worker goes on looking, and what it saw is told when it is back', async () => {
  await using store = await openTestStore()
  const id = await prepare(store)
  const worker = new Worker(store, id)
  worker.offer(0)
  await worker.kept()
  await store.pool.query('alter table latest_snapshot rename to away')
  for (let seconds = 2; seconds <= 40; seconds += 2) worker.offer(seconds)
  worker.offer(42, leaderless)
  worker.offer(44, leaderless)
  for (let seconds = 46; seconds <= 60; seconds += 2) worker.offer(seconds)
  await store.pool.query('alter table away rename to latest_snapshot')
  await worker.kept()
  await worker.stop()
  const found = await stretchesOf(store, id)
  expect(found).toMatchObject([{ kind: 'outage', ended: at(46) }])
  expect(found[0]?.began.getTime()).toBeGreaterThanOrEqual(at(38).getTime())
})
