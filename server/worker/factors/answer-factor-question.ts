import type pg from 'pg'
import type { FactorQuestion } from '#domain/people/factor-question.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError } from '#server/errors.ts'
import { checkProof, type Judged } from '#server/factors/check-proof.ts'
import { removeFactors, renameFactor } from '#server/store/factors/factors.ts'
import { forgetChallenges } from '#server/store/factors/passkeys.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { registerAuthenticator, registerPasskey } from './register.ts'
import { vouch } from './vouch.ts'

/** A person as a worker finds them when it is asked in their name. */
export interface Asker {
  id: string
  email: string
}

/** Does with a factor what its owner asks for through the web tier; the record of it stands in the same transaction. */
export async function answerFactorQuestion(
  { store, keys }: { store: Store; keys: WorkerKeys },
  question: FactorQuestion,
  sealed: Uint8Array | null,
): Promise<Judged | { factorId: string }> {
  return inTransaction(store, async (tx) => {
    const asker = await findAsker(tx, question.userId)
    switch (question.verb) {
      case 'check':
        await forgetChallenges(tx)
        return checkProof(tx, { ...question, store, keys, needsVouched: false })
      case 'vouch':
        return vouch(tx, { ...question, store, keys, by: asker })
      case 'register-totp':
        return told(
          tx,
          asker,
          'factors.addTotp',
          question.name,
          await registerAuthenticator(tx, keys, question, sealed),
        )
      case 'register-passkey':
        return told(tx, asker, 'factors.addPasskey', question.name, await registerPasskey(tx, question))
      case 'rename':
        if (!(await renameFactor(tx, { id: question.factorId, userId: asker.id }, question.name))) throw gone()
        return told(tx, asker, 'factors.rename', question.name, question.factorId)
      case 'remove': {
        const [name] = await removeFactors(tx, asker.id, question.factorId)
        if (name === undefined) throw gone()
        return told(tx, asker, 'factors.remove', name, question.factorId)
      }
    }
  })
}

async function findAsker(tx: pg.PoolClient, id: string): Promise<Asker> {
  const { rows } = await tx.query<Asker>('select id, email from app_user where id = $1 and disabled_at is null', [id])
  const [asker] = rows
  if (!asker) throw new AppError('refused', 'This person may not act here any more.')
  return asker
}

async function told(tx: pg.PoolClient, asker: Asker, action: string, name: string, factorId: string) {
  await notify(tx, { kind: 'users' })
  await recordAudit(tx, {
    actor: { id: asker.id, name: asker.email, kind: 'user' },
    action,
    target: asker.email,
    cluster: null,
    reason: null,
    outcome: 'done',
    operationId: null,
    detail: { factor: factorId, name },
  })
  return { factorId }
}

function gone(): AppError {
  return new AppError('refused', 'This factor was removed meanwhile.')
}
