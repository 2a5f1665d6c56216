import { setTimeout as sleep } from 'node:timers/promises'
import type { Postmaster } from './postmaster.ts'

/** Starts a server again whenever it ends, until it is told to stop: then also the one that is being started is stopped. */
export function keepRunning(
  first: Postmaster,
  start: () => Promise<Postmaster>,
  tell: (sentence: string) => void,
): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  let current = first
  const watch = async () => {
    for (let failures = 0; ;) {
      await current.exited
      if (signal.aborted) return
      tell('The store has ended; it is started again.')
      await sleep(Math.min(250 * 2 ** failures, 10_000), undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        current = await start()
        failures = 0
      } catch (error) {
        failures += 1
        tell(error instanceof Error ? error.message : String(error))
      }
      // Told to stop while it was starting: whoever said so knew only the one before.
      if (signal.aborted) return current.stop()
    }
  }
  const watching = watch()
  return {
    async stop() {
      stopping.abort()
      await current.stop()
      await watching
    },
  }
}
