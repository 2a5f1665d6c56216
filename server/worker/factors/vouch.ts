import type pg from 'pg'
import { isAllowed } from '#domain/people/permission.ts'
import { vouchSubject, type Proof } from '#domain/people/proof.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { checkProof, type Judged } from '#server/factors/check-proof.ts'
import { findFactor, vouchForFactors } from '#server/store/factors/factors.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import { findUser } from '#server/store/users.ts'
import { notify } from '#server/store/notify.ts'
import type { Store } from '#server/store/open.ts'
import type { Asker } from './answer-factor-question.ts'

interface Vouching {
  store: Store
  keys: WorkerKeys
  by: Asker
  factorId: string
  proof: Proof
}

/** Lets an administrator whose own factor is vouched for, and who proves it, vouch for a factor of somebody. */
export async function vouch(tx: pg.PoolClient, { store, keys, by, factorId, proof }: Vouching): Promise<Judged> {
  const person = await findUser(tx, by.id)
  if (!person || person.disabledAt || !isAllowed(person.grants, 'users.manage', 'everywhere')) {
    throw new AppError('refused', 'Only an administrator vouches for factors.')
  }
  const factor = await findFactor(tx, factorId)
  if (!factor) throw new AppError('refused', 'This factor was removed meanwhile.')
  const subject = vouchSubject(factor)
  const judged = await checkProof(tx, {
    store,
    keys,
    userId: by.id,
    purpose: 'vouch',
    subject,
    proof,
    needsVouched: true,
  })
  if (!judged.ok) return judged
  await vouchForFactors(tx, { userId: factor.userId, id: factor.id, by: by.email })
  await notify(tx, { kind: 'users' })
  await recordAudit(tx, {
    actor: { id: by.id, name: by.email, kind: 'user' },
    action: 'users.vouch',
    target: factor.email,
    cluster: null,
    reason: null,
    outcome: 'done',
    operationId: null,
    detail: { factor: factor.id, name: factor.name, provenBy: judged.factorId },
  })
  return { ok: true, factorId: factor.id }
}
