import { setTimeout as sleep } from 'node:timers/promises'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { Store } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'

/** Looks until it is so; throws where that does not come about in time. */
export async function until(isSo: () => Promise<boolean>, withinMs = 200_000): Promise<void> {
  for (const giveUpAt = performance.now() + withinMs; performance.now() < giveUpAt;) {
    if (await isSo()) return
    await sleep(100)
  }
  throw new Error(`It did not come about within ${withinMs / 1000} s.`)
}

/** The operation as soon as it is as wished. */
export async function untilOperation(
  store: Store,
  { id }: Pick<Operation, 'id'>,
  isSo: (operation: Operation) => boolean,
): Promise<Operation> {
  let found: Operation | null = null
  await until(async () => {
    found = await findOperation(store, id)
    return found !== null && isSo(found)
  })
  if (found === null) throw new Error('There is no such operation.')
  return found
}

/** The operation with its end. */
export function untilEnded(store: Store, asked: Pick<Operation, 'id'>): Promise<Operation> {
  return untilOperation(store, asked, ({ state }) => isEnded(state))
}
