import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'

/** Waits until all have ended; one that failed is logged and keeps no other back, unless the store is away: that is thrown. */
export async function allEnded(
  acts: readonly { of: { node: string; address: string }; done: Promise<void> }[],
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  const ends = await Promise.allSettled(acts.map(({ done }) => done))
  let away: AppError | null = null
  for (const [index, end] of ends.entries()) {
    if (end.status === 'fulfilled') continue
    const error: unknown = end.reason
    if (error instanceof AppError && error.code === 'store-unreachable') away = error
    else if (!signal.aborted) log.error({ error, ...placeOf(acts[index]?.of) }, 'a look at an agent failed')
  }
  if (away) throw away
}

function placeOf(of: { node: string; address: string } | undefined): { node?: string; address?: string } {
  return of ? { node: of.node, address: of.address } : {}
}
