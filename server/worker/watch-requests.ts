import { slowMs, startWokenLoop } from '#server/collector/woken-loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { isAnyProposed, sweepRequests } from '#server/operations/approvals/sweep-requests.ts'
import type { Store } from '#server/store/open.ts'

/** What looks after requests for approval: a notice of an operation makes it look now. */
export interface RequestWatch {
  hear(notice: { kind: string }): void
}

/** Looks after requests every few seconds while somebody waits for approval, with each notice of an operation, and seldom otherwise, until the signal. */
export function startWatchingRequests({
  store,
  log,
  signal,
  restMs = slowMs,
}: {
  store: Store
  log: Log
  signal: AbortSignal
  restMs?: number
}): RequestWatch {
  const loop = startWokenLoop({
    name: 'requests for approval',
    log,
    signal,
    async look() {
      try {
        if (!(await isAnyProposed(store))) return restMs
        await sweepRequests(store)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
      }
      return beatMs
    },
  })
  return {
    hear({ kind }) {
      if (kind === 'operation') loop.wake()
    },
  }
}

const beatMs = 3_000
