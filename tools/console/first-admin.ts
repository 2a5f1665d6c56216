import { everywhere } from '#domain/people/grant.ts'
import { hashPassword, isPassword, makePassword } from '#server/auth/password.ts'
import { recordAudit, type AuditEntry } from '#server/audit/record.ts'
import { insertGrant } from '#server/store/grants.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { findCredentials, insertUser, updateUser } from '#server/store/users.ts'

export const adminEmail = 'admin@matriarch.local'

/** Makes the first administrator of a store that has nobody, and at once tells a password that nobody chose; true when it was made. */
export async function makeFirstAdmin(
  store: Store,
  chosenPassword: string | null,
  say: (sentence: string) => void,
): Promise<boolean> {
  const password = chosenPassword ?? makePassword()
  const isMade = await insertFirstAdmin(store, await hashPassword(password))
  // Not a step later: whatever stops the start from here on, the password has been seen.
  if (isMade && chosenPassword === null) {
    say(`Sign in as ${adminEmail} with ${password} and choose another password; it is shown only now.`)
  }
  return isMade
}

function insertFirstAdmin(store: Store, passwordHash: string): Promise<boolean> {
  return inTransaction(store, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch first administrator'))")
    const { rowCount } = await tx.query('select 1 from app_user limit 1')
    if (rowCount !== 0) return false
    await insertUser(tx, { ...administrator, passwordHash })
    await recordAudit(tx, { ...entry, action: 'users.create', detail: { role: 'admin', why: 'first start' } })
    return true
  })
}

/** True when this is the administrator's password now. */
export async function isAdminPassword(store: Store, password: string): Promise<boolean> {
  const admin = await findCredentials(store, adminEmail)
  return (
    admin !== null && admin.disabledAt === null && (await isPassword(admin.passwordHash, password, { isFirst: true }))
  )
}

/** Gives the administrator this password again. */
export async function resetAdminPassword(store: Store, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await inTransaction(store, async (tx) => {
    const { rows } = await tx.query<{ id: string }>('select id from app_user where email = $1', [adminEmail])
    const id = rows[0]?.id
    if (id === undefined) await insertUser(tx, { ...administrator, passwordHash })
    else {
      await updateUser(tx, id, { passwordHash, disabled: false })
      await insertGrant(tx, id, everywhere('admin'), administrator.grantedBy)
    }
    await recordAudit(tx, { ...entry, action: 'users.resetPassword', detail: { why: 'demo' } })
  })
}

const administrator = {
  email: adminEmail,
  name: 'Administrator',
  grants: [everywhere('admin')],
  grantedBy: 'Console',
}

const entry: Omit<AuditEntry, 'action' | 'detail'> = {
  actor: { id: null, name: 'Console', kind: 'console' },
  target: adminEmail,
  cluster: null,
  reason: null,
  outcome: 'done',
  operationId: null,
}
