import pg from 'pg'
import { expect, test } from 'vitest'
import { openStore, type Store } from '#server/store/open.ts'
import { FencedError, type Run } from './fence.ts'
import { renewEpoch } from './renew-epoch.ts'

test('a renewal whose answer got lost is recognised, and the run goes on', async () => {
  const row = { epoch: 3, executorId: 'worker-1', next: 4 }
  const run = runOf()
  await renewEpoch(storeOf(row, { losesFirstCommit: true }), run)
  expect(run.epoch).toBe(4)
  expect(row).toMatchObject({ epoch: 4, next: 5 })
})

test('one that lost its answer and then its operation is fenced off', async () => {
  const row = { epoch: 3, executorId: 'worker-1', next: 4 }
  const store = storeOf(row, { losesFirstCommit: true, onLoss: () => Object.assign(row, { executorId: 'worker-2' }) })
  await expect(renewEpoch(store, runOf())).rejects.toBeInstanceOf(FencedError)
})

test('a run whose epoch was overtaken draws itself no other', async () => {
  const row = { epoch: 4, executorId: 'worker-1', next: 5 }
  await expect(renewEpoch(storeOf(row, {}), runOf())).rejects.toBeInstanceOf(FencedError)
  expect(row.next).toBe(5)
})

function runOf(): Run {
  const worker = { executorId: 'worker-1', bootId: 'boot', pid: 1, host: 'here', applicationVersion: '1' }
  return { operationId: 'operation', clusterId: 'cluster', clusterName: 'main', epoch: 3, worker }
}

interface Row {
  epoch: number
  executorId: string
  next: number
}

/** A store with one operation in it, whose first commit may be taken without an answer. */
function storeOf(row: Row, { losesFirstCommit = false, onLoss = () => {} }): Store {
  let losesCommit = losesFirstCommit
  const query = (sql: string, values: unknown[] = []) => {
    if (sql === 'commit' && losesCommit) {
      losesCommit = false
      onLoss()
      return Promise.reject(new Error('Connection terminated unexpectedly'))
    }
    return Promise.resolve({ rows: rowsOf(sql, values) })
  }
  const rowsOf = (sql: string, values: unknown[]): object[] => {
    if (sql.includes('insert into cluster_epoch')) return [{ epoch: row.next++ }]
    if (sql.includes('update operation')) row.epoch = Number(values[1])
    if (sql.includes('o.epoch > $2')) {
      return row.epoch > Number(values[1]) && values[2] === row.executorId ? [{ epoch: row.epoch }] : []
    }
    if (!sql.includes('cancel_asked_by')) return []
    return row.epoch === values[1] && values[2] === row.executorId ? [{ cancel_asked_by: null }] : []
  }
  const client = Object.assign(new pg.Client(), { query, release: () => {} })
  const store = openStore('postgresql://127.0.0.1:1/nowhere', { max: 1 })
  Object.assign(store.pool, { connect: () => Promise.resolve(client) })
  return store
}
