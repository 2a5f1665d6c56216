import type { Factor } from '#domain/people/factor.ts'
import type { FactorQuestion } from '#domain/people/factor-question.ts'
import { hashRecoveryCode, makeRecoveryCodes } from '#server/factors/codes.ts'
import { passkeyName } from '#server/factors/own-name.ts'
import { countRecoveryCodes, replaceRecoveryCodes } from '#server/store/factors/recovery-codes.ts'
import { listFactors } from '#server/store/factors/factors.ts'
import { readSignInPolicy } from '#server/store/factors/policy.ts'
import { inTransaction } from '#server/store/open.ts'
import type { CommandContext, QueryContext } from '../trpc.ts'
import { needPerson } from '../users/person.ts'
import { askWorker } from './ask-worker.ts'

/** What a person has to prove himself with. */
export interface OwnFactors {
  factors: Factor[]
  recoveryCodesLeft: number
  /** Nothing else may be done before one is registered. */
  owesFactor: boolean
  /** The name that passkeys are for at the address of the page; null = browsers know none there. */
  passkeyName: string | null
  secondFactor: 'optional' | 'required'
}

/** The factors of the person who asks. */
export async function listOwnFactors(ctx: QueryContext, origin: string): Promise<OwnFactors> {
  const person = needPerson(ctx.caller)
  const { pool } = ctx.services.store
  const [factors, recoveryCodesLeft, { secondFactor }] = await Promise.all([
    listFactors(pool, person.id),
    countRecoveryCodes(pool, person.id),
    readSignInPolicy(pool),
  ])
  const name = ctx.isOwnOrigin(origin) ? passkeyName(origin) : null
  return { factors, recoveryCodesLeft, owesFactor: person.owesFactor, passkeyName: name, secondFactor }
}

/** What is told once a factor is registered: with the first one, recovery codes, which are told once. */
export interface Registered {
  id: string
  recoveryCodes: string[] | null
}

/** Registers a factor through a worker, and makes recovery codes where the person has none left. */
export async function registerFactor(
  ctx: CommandContext,
  question: Extract<FactorQuestion, { name: string }>,
  sealed: Buffer | null,
): Promise<Registered> {
  const id = await askWorker(ctx, question, sealed)
  const { store } = ctx.services
  const left = await countRecoveryCodes(store.pool, question.userId)
  if (left > 0) return { id, recoveryCodes: null }
  const recoveryCodes = makeRecoveryCodes()
  await inTransaction(store, (tx) => replaceRecoveryCodes(tx, question.userId, recoveryCodes.map(hashRecoveryCode)))
  return { id, recoveryCodes }
}

/** Makes ten new recovery codes in the place of the old ones; they are told once. */
export async function makeNewRecoveryCodes({ act, caller }: CommandContext): Promise<{ recoveryCodes: string[] }> {
  const person = needPerson(caller)
  act.on({ target: person.email, cluster: null, reason: null })
  const recoveryCodes = makeRecoveryCodes()
  await act.commit((tx) => replaceRecoveryCodes(tx, person.id, recoveryCodes.map(hashRecoveryCode)))
  return { recoveryCodes }
}
