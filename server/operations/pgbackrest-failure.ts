import { parseFailure } from '#server/adapters/pgbackrest/parse-error.ts'
import type { StepOutcome } from './define.ts'

type Ending = Extract<StepOutcome, { kind: 'failed' | 'refused' }>

/** What a job's failure means and what to do, where its detail names pgBackRest's exit code; the detail itself where it does not. */
export function inWords(detail: string, kind: Ending['kind'] = 'failed'): Ending {
  const exitCode = /ended with exit code (\d+)/.exec(detail)?.[1]
  return exitCode === undefined ? { kind, detail } : failureOf(Number(exitCode), detail, kind)
}

/** The same by the exit code and what was said of it; `refused` where somebody else is at it or it was told not to begin, and nothing was done. */
export function failureOf(exitCode: number, said: string, kind: Ending['kind'] = 'failed'): Ending {
  const { code, sentence, advice, isSomeoneElse } = parseFailure(exitCode, said)
  // Its own words stand in the sentence where there are no better ones.
  const own = said === '' || sentence.startsWith('pgBackRest says') ? '' : ` (${said})`
  return { kind: isSomeoneElse || code === toldToStop ? 'refused' : kind, detail: `${sentence} ${advice}${own}` }
}

const toldToStop = 62
