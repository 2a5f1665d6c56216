import { makePassword } from '#server/auth/password.ts'
import { AppError } from '#server/errors.ts'
import { readKey, writeKey } from '#server/store/key-files.ts'
import type { Store } from '#server/store/open.ts'
import { adminEmail, isAdminPassword, resetAdminPassword } from '../console/first-admin.ts'

const keyName = 'demo-admin-password'

/** The password the demo will print: the chosen one, the one of its last run, or a new one kept for the next. Written before the store is made. */
export function choosePassword(home: string, chosen: string | null): string {
  const kept = readKey(home, keyName)
  const password = chosen ?? kept ?? makePassword()
  // A store of somebody's own console must not become the demo's by this file.
  if (password !== kept && (kept !== null || readKey(home, 'store.json') === null)) writeKey(home, keyName, password)
  return password
}

/** Makes the password true: in the demo's own folder it is set again, in another one it must be right. */
export async function ensurePassword(store: Store, home: string, password: string): Promise<void> {
  if (await isAdminPassword(store, password)) return
  if (readKey(home, keyName) === null) {
    throw new AppError(
      'refused',
      `${home} belongs to a console whose password for ${adminEmail} is not known here. Set MATRIARCH_HOME to another folder, or MATRIARCH_ADMIN_PASSWORD to that password.`,
    )
  }
  await resetAdminPassword(store, password)
}
