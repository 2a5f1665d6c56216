import type pg from 'pg'
import type { Operation } from '#domain/operation/operation.ts'
import { AppError } from '#server/errors.ts'
import { readOperation } from '#server/store/operations.ts'
import { type JudgedRequest, readRequest } from './read-request.ts'

/** Locks a request that waits for approval and judges it; throws AppError `not-found`, or `refused` where it does not wait any more. */
export async function holdRequest(
  tx: pg.PoolClient,
  id: string,
): Promise<{ operation: Operation; request: JudgedRequest }> {
  await tx.query('select 1 from operation where id::text = $1 for update', [id])
  const operation = await readOperation(tx, id)
  if (!operation) throw new AppError('not-found', `There is no operation ${id}.`)
  const request = operation.state === 'proposed' ? await readRequest(tx, operation, new Date()) : null
  if (request === null)
    throw new AppError('refused', operation.outcome ?? 'It does not wait for approval: it is under way already.')
  return { operation, request }
}
