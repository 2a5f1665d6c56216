import type { FactorQuestion } from '#domain/people/factor-question.ts'
import { fromJson } from '#domain/json.ts'
import type { Proven } from '#domain/people/proof.ts'
import { AppError, isAppError } from '#server/errors.ts'
import type { Judged } from '#server/factors/check-proof.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { ask } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'

/** Has a worker check the code of an authenticator app; null = it is right, else why not. Throws `timeout` where no worker answers. */
export async function checkCode(store: Store, proven: Proven, code: string): Promise<string | null> {
  const proof = await sealProof(store.pool, proven, { kind: 'totp', code })
  const input: FactorQuestion = { verb: 'check', ...proven, proof }
  try {
    const question = { kind: 'factor', input, sealed: null, askedBy: proven.userId } as const
    const judged = fromJson<Judged>(await ask(store, question, answerWithinMs))
    return judged.ok ? null : judged.sentence
  } catch (error) {
    if (!isAppError(error) || error.code !== 'timeout') throw error
    throw new AppError('timeout', noWorker, { cause: error })
  }
}

const answerWithinMs = 8_000

const noWorker =
  'The code was not checked: only a worker can, and none answered within 8 s. Use a passkey or a recovery code, or start a worker.'
