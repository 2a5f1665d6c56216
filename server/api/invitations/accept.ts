import { recordAudit } from '#server/audit/record.ts'
import { hashPassword } from '#server/auth/password.ts'
import { takeForNone } from '#server/auth/none.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { AppError } from '#server/errors.ts'
import { findOpenInvitation, useInvitation, type Invited } from '#server/store/invitations.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { updateUser } from '#server/store/users.ts'
import { holdsAddress } from '../users/password.ts'

/** Whom an invitation is for. */
export interface InvitationShown {
  email: string
  name: string
  invitedBy: string
}

/** Whom the invitation of a link is for. Throws AppError `not-found` where it is good for nothing, `limited` after many such. */
export async function lookAtInvitation(
  store: Store,
  { token, address }: { token: string; address: string },
): Promise<InvitationShown> {
  const { email, name, invitedBy } = await needInvitation(store, hashSecretText(token), address)
  return { email, name, invitedBy }
}

/** Takes an invitation up: the person has this name and password, and signs in with them from then on. */
export async function acceptInvitation(
  store: Store,
  { token, address, ...chosen }: { token: string; address: string; name: string; password: string },
): Promise<{ email: string }> {
  const hash = hashSecretText(token)
  const shown = await needInvitation(store, hash, address)
  if (holdsAddress(chosen.password, shown.email)) {
    const sentence = 'It must not hold your e-mail address.'
    throw new AppError('invalid', sentence, { fields: [{ field: 'password', sentence }] })
  }
  const passwordHash = await hashPassword(chosen.password)
  return inTransaction(store, async (tx) => {
    // Two at once: the one that came second finds it used.
    const found = await findOpenInvitation(tx, hash)
    if (!found) throw isOver()
    const { id, userId, email } = found
    await useInvitation(tx, id)
    await updateUser(tx, userId, { name: chosen.name, passwordHash })
    await recordAudit(tx, {
      actor: { id: userId, name: email, kind: 'user' },
      action: 'users.join',
      target: email,
      cluster: null,
      reason: null,
      outcome: 'done',
      operationId: null,
      detail: { name: chosen.name, invitedBy: found.invitedBy, address },
    })
    await notify(tx, { kind: 'users' })
    return { email }
  })
}

async function needInvitation(store: Store, hash: string, address: string): Promise<Invited> {
  const found = await findOpenInvitation(store.pool, hash)
  if (found) return found
  await takeForNone(store, 'invitations', address)
  throw isOver()
}

function isOver(): AppError {
  return new AppError(
    'not-found',
    'This invitation is good for nothing: it was used, is older than seven days, a newer one was made, or whoever made it may not come in any more. Ask for another.',
  )
}
