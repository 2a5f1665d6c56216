import { readKey } from '../key-files.ts'
import { storeCredentialsSchema } from './credentials.ts'

/** Address of the embedded store of a folder, running or not; null when it was never started there. */
export function embeddedUrl(home: string): string | null {
  const kept = readKey(home, 'store.json')
  if (kept === null) return null
  const { ownerPassword, port } = storeCredentialsSchema.parse(JSON.parse(kept))
  return port === null ? null : ownerUrl(ownerPassword, port)
}

/** The database `matriarch` as its owner. */
export function ownerUrl(password: string, port: number): string {
  return `postgresql://matriarch:${password}@127.0.0.1:${port}/matriarch`
}
