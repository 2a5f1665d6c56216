import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { readExplaining } from './explaining.ts'

test('read is what is under way or ended lately, and of a copy the member that it is about', async () => {
  await using store = await openTestStore()
  const clusterId = randomUUID()
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  const made = new Map<string, string>()
  const operation = async (name: string, change: Record<string, unknown>) => {
    const id = randomUUID()
    made.set(id, name)
    const row = {
      id,
      cluster_id: clusterId,
      cluster_name: 'main',
      kind: 'reinitialise',
      lane: 'replica',
      state: 'running',
      plan: { member: 'pg-node-1' },
      plan_hash: 'x',
      reason: 'r',
      actor_id: 'a',
      actor_name: 'Ada',
      idempotency_key: name,
      requested_at: new Date('2026-11-26T12:00:00Z'),
      ...change,
    }
    const columns = Object.keys(row)
    const places = columns.map((_, index) => `$${index + 1}`)
    await store.pool.query(`insert into operation (${columns.join()}) values (${places.join()})`, Object.values(row))
  }
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  await operation('copy under way', { started_at: new Date('2026-11-26T12:01:00Z') })
  await operation('copy that ended', { state: 'succeeded', ended_at: ago(9), outcome: 'o' })
  await operation('switchover', {
    kind: 'switchover',
    lane: 'lead',
    plan: { leader: 'pg-node-1', member: 'pg-node-1' },
  })
  await operation('copy of long ago', { state: 'succeeded', ended_at: ago(11), outcome: 'o' })
  await operation('copy that nobody follows any more', { state: 'cancelled', ended_at: ago(1), outcome: 'o' })
  await operation('copy that waits for its turn', { lane: 'stack', state: 'planned' })
  await operation('copy that waits for approval', { state: 'proposed', approval_need: { approvals: 1 } })
  await operation('backup', { kind: 'backup', lane: 'backup' })

  const found = await readExplaining(store.pool, clusterId)
  expect(new Map(found.map(({ id, ...rest }) => [made.get(id), rest]))).toEqual(
    new Map([
      [
        'copy under way',
        {
          kind: 'reinitialise',
          member: 'pg-node-1',
          state: 'running',
          startedAt: new Date('2026-11-26T12:01:00Z'),
          endedAt: null,
        },
      ],
      [
        'copy that ended',
        expect.objectContaining({ member: 'pg-node-1', state: 'succeeded', endedAt: expect.any(Date) }),
      ],
      [
        'switchover',
        expect.objectContaining({ kind: 'switchover', member: null, startedAt: new Date('2026-11-26T12:00:00Z') }),
      ],
    ]),
  )
})
