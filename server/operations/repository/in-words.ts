import { parseFailure } from '#server/adapters/pgbackrest/parse-error.ts'
import type { StepOutcome } from '../define.ts'

/** What a job's failure means and what to do; `refused` where somebody else is at it, and nothing was done. */
export function inWords(
  detail: string,
  kind: 'failed' | 'refused' = 'failed',
): Extract<StepOutcome, { kind: 'failed' | 'refused' }> {
  const exitCode = /ended with exit code (\d+)/.exec(detail)?.[1]
  if (exitCode === undefined) return { kind, detail }
  const { sentence, advice, isSomeoneElse } = parseFailure(Number(exitCode), detail)
  // Its own words stand in the sentence where there are no better ones.
  const own = sentence.startsWith('pgBackRest says') ? '' : ` (${detail})`
  return { kind: isSomeoneElse ? 'refused' : kind, detail: `${sentence} ${advice}${own}` }
}
