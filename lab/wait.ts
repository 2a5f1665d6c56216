import { setTimeout as sleep } from 'node:timers/promises'
import { LabError } from './failure.ts'

export interface Wait {
  until: string
  timeoutMs: number
  everyMs?: number
}

/** Asks until the answer is neither null nor false; an error counts as "not yet" and is told at the deadline. */
export async function waitFor<T>(wait: Wait, ask: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + wait.timeoutMs
  let last: unknown = null
  for (;;) {
    try {
      const answer = await ask()
      if (isAnswer(answer)) return answer
    } catch (error) {
      last = error
    }
    if (performance.now() > deadline) {
      const why = last instanceof Error ? ` (${last.message})` : ''
      throw new LabError(`Waited ${wait.timeoutMs / 1000} s until ${wait.until}, in vain${why}.`)
    }
    await sleep(wait.everyMs ?? 100)
  }
}

function isAnswer<T>(answer: T): answer is NonNullable<Exclude<T, false>> {
  return answer !== null && answer !== undefined && answer !== false
}
