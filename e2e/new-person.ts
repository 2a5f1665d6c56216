import type { Rest } from './rest.ts'
import type { Account } from './signed-in.ts'

/** Somebody new with a role everywhere, who signs in with a password. */
export async function newPerson(rest: Rest, role: string, name: string): Promise<Account> {
  const email = `${name.toLowerCase().replace(' ', '.')}-${Date.now()}@example.org`
  const { password } = await rest.createUser({ email, name, role })
  return { email, password }
}
