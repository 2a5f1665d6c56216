import { setMaxListeners } from 'node:events'
import type { Log } from '#server/log.ts'
import { Pause } from './pause.ts'

export interface LoopOptions {
  name: string
  /** One look; what it cannot see it tells as a reading, so anything thrown is a bug. */
  look: (signal: AbortSignal) => Promise<void>
  /** Time before the first look. */
  firstMs?: number
  /** Time from the start of one look (epoch ms) to the start of the next. */
  beatMs: (startedAtMs: number) => number
  signal: AbortSignal
  log: Log
}

/** A running loop; `wake` makes it look now instead of at its next beat. */
export interface Loop {
  wake(): void
}

/** Looks again and again, each loop for itself, so that one that hangs delays no other; ends with the signal. */
export function startLoop(options: LoopOptions): Loop {
  const pause = new Pause()
  void run(options, pause)
  return { wake: () => pause.wake() }
}

/** Ends many loops at once, each of which listens to it as long as it looks or rests. */
export function createEnd(): AbortController {
  const end = new AbortController()
  setMaxListeners(0, end.signal)
  return end
}

const shortestPauseMs = 50

async function run({ name, look, firstMs = 0, beatMs, signal, log }: LoopOptions, pause: Pause): Promise<void> {
  if (firstMs > 0) await pause.sleep(firstMs, signal)
  while (!signal.aborted) {
    const startedAt = performance.now()
    const startedAtMs = Date.now()
    let restMs = 0
    try {
      await look(signal)
    } catch (error) {
      if (signal.aborted) return
      log.error({ error, loop: name }, 'A look failed in a way it should not; it is tried again.')
      restMs = 5_000
    }
    const elapsedMs = performance.now() - startedAt
    await pause.sleep(Math.max(beatMs(startedAtMs) - elapsedMs, shortestPauseMs, restMs), signal)
  }
}
