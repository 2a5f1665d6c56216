import { setTimeout as sleep } from 'node:timers/promises'

interface Wait {
  /** Completes "Waited 30 s until ...". */
  what: string
  timeoutMs: number
  everyMs?: number
}

/** Asks again and again until the answer is neither null nor false; an error counts as "not yet". */
export async function until<T>(wait: Wait, ask: () => Promise<T | null | false>): Promise<T> {
  const deadline = performance.now() + wait.timeoutMs
  let last: unknown = null
  while (performance.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== null && answer !== false) return answer
      last = answer
    } catch (error) {
      last = error
    }
    await sleep(wait.everyMs ?? 200)
  }
  const why = last instanceof Error ? ` Last error: ${last.message}` : ''
  throw new Error(`Waited ${wait.timeoutMs / 1000} s until ${wait.what}, in vain.${why}`)
}
