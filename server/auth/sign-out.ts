import { recordAudit } from '#server/audit/record.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { notify } from '#server/store/notify.ts'
import { endSession } from '#server/store/sessions.ts'
import { hashSecretText } from './secret-text.ts'

/** Ends the session of a cookie in the store; nothing happens when it has ended already. */
export async function signOut(store: Store, sessionSecret: string): Promise<void> {
  const id = hashSecretText(sessionSecret)
  await inTransaction(store, async (tx) => {
    const owner = await endSession(tx, id)
    if (!owner) return
    await recordAudit(tx, {
      actor: { id: owner.userId, name: owner.email, kind: 'user' },
      action: 'session.end',
      target: owner.email,
      cluster: null,
      reason: null,
      outcome: 'done',
      operationId: null,
      detail: { session: id },
    })
    await notify(tx, { kind: 'users' })
  })
}
