import { DBOSClient } from '@dbos-inc/dbos-sdk'
import type pg from 'pg'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'

/** Names under which DBOS knows our workflow; all processes of all versions must agree on them. */
export const engine = {
  applicationName: 'matriarch',
  /** Raised only when steps of an operation change so that a run of before cannot go on; else takeovers find nothing. */
  applicationVersion: 'operations-1',
  queueName: 'operations',
  workflowName: 'operation',
} as const

/** Puts an operation into the queue with the commit of `tx`; workers get its id alone and read the rest from our tables. */
export async function enqueueOperation(store: Store, tx: pg.PoolClient, operationId: string): Promise<void> {
  const client = await clientOf(store)
  try {
    await client.enqueueInTransaction(
      tx,
      {
        queueName: engine.queueName,
        workflowName: engine.workflowName,
        workflowID: operationId,
        appVersion: engine.applicationVersion,
      },
      operationId,
    )
  } catch (error) {
    if (!isUnprepared(error)) throw error
    throw new AppError(
      'refused',
      'No worker has run on this store yet, so nobody would carry this out. Start a worker and try again.',
      { cause: error },
    )
  }
}

const clients = new WeakMap<Store, Promise<DBOSClient>>()

function clientOf(store: Store): Promise<DBOSClient> {
  const known = clients.get(store)
  if (known) return known
  // It connects only for calls without a transaction, of which we make none; so it needs no closing either.
  const made = DBOSClient.create({
    systemDatabaseUrl: store.url,
    systemDatabasePool: store.pool,
    applicationName: engine.applicationName,
  })
  clients.set(store, made)
  return made
}

// The schema of DBOS, or the web tier's rights in it, come with a worker's first start.
function isUnprepared(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === '3F000' || error.code === '42P01' || error.code === '42501'
}
