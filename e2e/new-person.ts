import type { Page } from '@playwright/test'
import { givePassword } from './give-password.ts'
import type { Rest } from './rest.ts'
import type { Account } from './signed-in.ts'

/** Somebody who may sign in, and do nothing: a role was given and taken away again. */
export async function newNobody(rest: Rest, name: string): Promise<Account & { id: string }> {
  const nobody = await newPerson(rest, 'viewer', name)
  await rest.revokeRole(nobody.id, 'viewer')
  return nobody
}

/** Somebody new with a role everywhere, who signs in with a password. */
export async function newPerson(rest: Rest, role: string, name: string): Promise<Account & { id: string }> {
  const email = `${name.toLowerCase().replace(' ', '.')}-${Date.now()}@example.org`
  const { user, password } = await rest.createUser({ email, name, role })
  return { id: user.id, email, password }
}

/** Through the form, up to the page that says that there is no role. */
export async function signInAsNobody(page: Page, account: Account): Promise<void> {
  await page.goto('/sign-in')
  await givePassword(page, account)
  await page.getByRole('heading', { level: 1, name: 'Nobody has given you a role yet' }).waitFor()
}
