import type pg from 'pg'
import type { Store } from '#server/store/open.ts'
import { translateStoreError } from '#server/store/unreachable.ts'

/** Reads the chain as it stood at one moment, while others go on appending. */
export async function inOneView<T>(store: Store, read: (reader: pg.PoolClient) => Promise<T>): Promise<T> {
  const reader = await store.pool.connect()
  try {
    await reader.query('begin isolation level repeatable read read only')
    const found = await read(reader)
    await reader.query('commit')
    return found
  } catch (error) {
    await reader.query('rollback').catch(() => {})
    throw translateStoreError(error, store.url)
  } finally {
    reader.release()
  }
}
