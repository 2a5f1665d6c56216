import { sealContext, type Proof, type Proven } from '#domain/people/proof.ts'
import { takeCodeTry, spendStep } from '#server/store/factors/authenticators.ts'
import { noteUse } from '#server/store/factors/factors.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { unsealSecret } from '#server/store/seal.ts'
import { isFresh, proofChallenge } from './challenge.ts'
import { checkPasskey, notVouched } from './check-passkey.ts'
import { stepOfCode } from './codes.ts'

/** How a proof was judged. */
export type Judged = { ok: true; factorId: string } | { ok: false; sentence: string }

interface ProofCheck extends Proven {
  store: Store
  keys: WorkerKeys
  proof: Proof
  /** The factor must be vouched for, as approvals demand it. */
  needsVouched: boolean
}

/**
 * Worker side: checks in the transaction of an act that a person gave a proof for exactly this act, and uses the proof up: a code
 * and an answer of a passkey count once. Tries of codes are counted outside of the transaction.
 */
export async function checkProof(tx: Queryable, check: ProofCheck): Promise<Judged> {
  const { rows } = await tx.query<{ isDisabled: boolean }>(
    'select disabled_at is not null as "isDisabled" from app_user where id = $1',
    [check.userId],
  )
  if (rows[0]?.isDisabled !== false) return { ok: false, sentence: 'This person may not act here any more.' }
  return check.proof.kind === 'passkey' ? checkAssertion(tx, check, check.proof) : checkCode(tx, check, check.proof)
}

async function checkAssertion(
  tx: Queryable,
  check: ProofCheck,
  { nonce, issuedMs, assertion }: Extract<Proof, { kind: 'passkey' }>,
): Promise<Judged> {
  if (!isFresh(issuedMs, new Date())) return { ok: false, sentence: 'The passkey’s answer came too late. Try again.' }
  const expected = proofChallenge(check, nonce, issuedMs)
  const judged = await checkPasskey(tx, {
    assertion,
    userId: check.userId,
    isChallenge: (challenge) => challenge === expected,
    mustVerifyUser: false,
    needsVouched: check.needsVouched,
  })
  return judged.ok ? { ok: true, factorId: judged.passkey.id } : judged
}

async function checkCode(
  tx: Queryable,
  check: ProofCheck,
  { sealed }: Extract<Proof, { kind: 'totp' }>,
): Promise<Judged> {
  const { store, keys, userId } = check
  const known = await takeCodeTry(store, keys, userId)
  if (known === null) return { ok: false, sentence: noTryLeft }
  const code = unseal(check, sealed)
  if (code === null) return { ok: false, sentence: 'This code was given for something else. Type a new one.' }
  const now = new Date()
  for (const { id, secret, isVouched } of known) {
    const step = stepOfCode(secret, code, now)
    if (step === null) continue
    if (check.needsVouched && !isVouched) return { ok: false, sentence: notVouched }
    if (!(await spendStep(tx, { id, userId, step }))) {
      return { ok: false, sentence: 'This code was used before. Wait for the next one, half a minute at most.' }
    }
    await noteUse(tx, id)
    return { ok: true, factorId: id }
  }
  return { ok: false, sentence: wrongCode }
}

/** What is said of a code that is none. */
export const wrongCode =
  'The code is wrong. Type the one that the app shows now; if it stays wrong, the clock of that device is.'

const noTryLeft =
  'No authenticator app is registered, or there were too many wrong codes: wait a quarter of an hour, or use another way.'

function unseal(check: ProofCheck, sealed: string): string | null {
  try {
    return unsealSecret(check.keys.sealing.privateKey, Buffer.from(sealed, 'base64'), sealContext(check))
  } catch {
    return null
  }
}
