import type { FactorQuestion } from '#domain/people/factor-question.ts'
import { fromJson } from '#domain/json.ts'
import { AppError } from '#server/errors.ts'
import type { Judged } from '#server/factors/check-proof.ts'
import { ask } from '#server/store/inquiries.ts'
import type { CommandContext } from '../trpc.ts'

/** Has a worker change a factor; the worker keeps the record of it in its own transaction. Returns the id of the factor. */
export async function askWorker(
  { act, caller, services: { store } }: CommandContext,
  input: FactorQuestion,
  sealed: Buffer | null = null,
): Promise<string> {
  return act.leaveTo(async () => {
    const question = { kind: 'factor', input, sealed, askedBy: caller.name } as const
    const told = fromJson<Judged | { factorId: string }>(await ask(store, question, answerWithinMs))
    if ('sentence' in told) throw new AppError('refused', told.sentence)
    return told.factorId
  })
}

const answerWithinMs = 10_000
