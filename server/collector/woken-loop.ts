import { type Loop, type LoopOptions, startLoop } from './loop.ts'

/** How long a look may rest while nothing is to be done: a notice that was lost is made up by then, ms. */
export const slowMs = 30_000
/** After a look that failed, ms. */
const failedMs = 5_000

/**
 * A loop for what notices tell of: each look says how long it may rest. One that is woken while it looks, looks once more, so nothing
 * waits for the slow look but what no notice told of.
 */
export function startWokenLoop({
  look,
  ...options
}: Omit<LoopOptions, 'look' | 'beatMs'> & { look: (signal: AbortSignal) => Promise<number> }): Loop {
  let restMs = 0
  let isWoken = false
  const loop = startLoop({
    ...options,
    beatMs: () => (isWoken ? 0 : restMs),
    async look(signal) {
      isWoken = false
      restMs = failedMs
      restMs = await look(signal)
    },
  })
  return {
    wake() {
      isWoken = true
      loop.wake()
    },
  }
}
