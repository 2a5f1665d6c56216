import { existsSync, readFileSync } from 'node:fs'
import { restUser } from './credentials.ts'
import { paths } from './paths.ts'

/** The password of Patroni's REST API that this lab was made with; null when it asks for none. */
export function keptRestPassword(): string | null {
  return existsSync(paths.restPassword()) ? readFileSync(paths.restPassword(), 'utf8') : null
}

/** What a request that changes something at Patroni must carry. */
export function restHeaders(): Record<string, string> {
  const password = keptRestPassword()
  if (password === null) return {}
  return { authorization: `Basic ${Buffer.from(`${restUser}:${password}`).toString('base64')}` }
}
