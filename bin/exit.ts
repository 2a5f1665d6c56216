import { ApiProblem, UsageError } from './api-problem.ts'

export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, unknown: 4 } as const

/** Set by a verb that ends well as a command, but not as a deed. */
export interface Exit {
  code: (typeof exitCodes)[keyof typeof exitCodes]
}

/** The exit code that tells how a command failed. */
export function exitCodeOf(error: unknown): Exit['code'] {
  if (error instanceof UsageError) return exitCodes.usage
  if (!(error instanceof ApiProblem)) return hasRefused(error) ? exitCodes.refused : exitCodes.failed
  if (error.isOutcomeUnknown) return exitCodes.unknown
  return refusals.has(error.code) ? exitCodes.refused : exitCodes.failed
}

/** Says on stderr what went wrong, with the fields it speaks of. */
export function sayFailure(error: unknown): void {
  if (!(error instanceof Error)) {
    console.error(String(error))
    return
  }
  console.error(error.message)
  if (!(error instanceof ApiProblem)) return
  for (const { field, sentence } of error.fields) {
    if (!error.message.includes(sentence)) console.error(`  ${field}: ${sentence}`)
  }
}

const refusals: ReadonlySet<string> = new Set(['refused', 'conflict', 'forbidden', 'limited', 'invalid'])

// What is made beside the store is refused by the console's own errors, which carry the same words.
function hasRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && refusals.has(error.code)
}
