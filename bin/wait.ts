import { setTimeout as sleep } from 'node:timers/promises'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import { get } from './api.ts'
import { ApiProblem } from './api-problem.ts'

const pollMs = 500
const patienceMs = 120_000

/**
 * Waits for the end of an operation, or until it asks a person, telling each step on stderr; a console that is away for a while is waited for as
 * well. A question that was just answered, by its step, is not waited for again.
 */
export async function waitForEnd(first: Operation, answered: number | null = null): Promise<Operation> {
  const told = new Set<string>()
  let last = first
  let answeredAt = Date.now()
  for (;;) {
    tellSteps(last, told)
    if (last.state === 'proposed') return last
    if (isEnded(last.state) || (last.question !== null && last.question.step !== answered)) return last
    await sleep(pollMs)
    try {
      last = await get<Operation>(`/operations/${first.id}`)
      answeredAt = Date.now()
    } catch (error) {
      if (!isPassing(error)) throw error
      if (Date.now() - answeredAt > patienceMs) {
        throw new ApiProblem(
          `The console has not answered for ${patienceMs / 1000} s. The operation ${first.id} goes on or has ended without this command.`,
          {
            code: 'no-answer',
            isOutcomeUnknown: true,
            cause: error,
          },
        )
      }
    }
  }
}

function tellSteps({ steps }: Operation, told: Set<string>): void {
  for (const { n, title, state, detail } of steps) {
    const line = `${n}. ${title}: ${state}${detail === null ? '' : `, ${detail}`}`
    if (state === 'pending' || told.has(line)) continue
    told.add(line)
    console.error(line)
  }
}

/** True for a fault of the console, or of the way to it, that may be over at the next try. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiProblem &&
    ['no-answer', 'store-unreachable', 'internal', 'timeout', 'protocol'].includes(error.code)
  )
}
