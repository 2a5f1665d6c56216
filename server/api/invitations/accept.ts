import { recordAudit } from '#server/audit/record.ts'
import { hashPassword } from '#server/auth/password.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { AppError } from '#server/errors.ts'
import { findOpenInvitation, useInvitation } from '#server/store/invitations.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
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
  const hash = hashSecretText(token)
  const taken = await takeInvitationTry(store, hash, address)
  const found = await findOpenInvitation(store.pool, hash)
  if (!found) throw isOver()
  await markGood(store, taken)
  const { email, name, invitedBy } = found
  return { email, name, invitedBy }
}

/** Takes an invitation up: the person has this name and password, and signs in with them from then on. */
export async function acceptInvitation(
  store: Store,
  { token, address, ...chosen }: { token: string; address: string; name: string; password: string },
): Promise<{ email: string }> {
  const hash = hashSecretText(token)
  const taken = await takeInvitationTry(store, hash, address)
  const shown = await findOpenInvitation(store.pool, hash)
  if (!shown) throw isOver()
  await markGood(store, taken)
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

async function takeInvitationTry(store: Store, hash: string, address: string): Promise<number> {
  const taken = await takeTry(store, { account: `invitation ${hash.slice(0, 16)}`, address })
  if (taken.ok) return taken.id
  throw new AppError('limited', `Too many tries. Wait ${Math.ceil(taken.waitSeconds / 60)} min, then try again.`)
}

function isOver(): AppError {
  return new AppError(
    'not-found',
    'This invitation is good for nothing: it was used, is older than seven days, or a newer one was made. Ask for another.',
  )
}
