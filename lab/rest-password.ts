import { existsSync, readFileSync } from 'node:fs'
import { paths } from './paths.ts'

/** The password of Patroni's REST API that this lab was made with; null when it asks for none. */
export function keptRestPassword(): string | null {
  return existsSync(paths.restPassword()) ? readFileSync(paths.restPassword(), 'utf8') : null
}
