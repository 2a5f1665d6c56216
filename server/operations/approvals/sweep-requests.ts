import { inTransaction, type Store } from '#server/store/open.ts'
import { readOperation } from '#server/store/operations.ts'
import { endRequest } from './end-request.ts'
import { tellAsked } from './tell-asked.ts'
import { readRequest } from './read-request.ts'

/** Tells of requests that are new, and ends those that will not be run any more: taken back, void, out of time. Any worker may, at any time. Their ids. */
export async function sweepRequests(store: Store): Promise<string[]> {
  const { rows } = await store.pool.query<{ id: string }>(`select id from operation where state = 'proposed'`)
  const ended: string[] = []
  for (const { id } of rows) {
    const isOver = await inTransaction(store, async (tx) => {
      const held = await tx.query(
        `select 1 from operation where id = $1 and state = 'proposed' for update skip locked`,
        [id],
      )
      const operation = held.rowCount === 1 ? await readOperation(tx, id) : null
      const request = operation && (await readRequest(tx, operation, new Date()))
      if (!operation || !request) return false
      await tellAsked(tx, operation)
      if (request.standing.kind !== 'over') return false
      await endRequest(tx, operation, request.standing)
      return true
    })
    if (isOver) ended.push(id)
  }
  return ended
}

/** Whether anybody waits for approval. */
export async function isAnyProposed(store: Store): Promise<boolean> {
  const { rows } = await store.pool.query<{ isAny: boolean }>(
    `select exists (select from operation where state = 'proposed') as "isAny"`,
  )
  return rows[0]?.isAny === true
}
