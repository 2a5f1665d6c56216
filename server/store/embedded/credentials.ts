import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { readKey, writeKey } from '../key-files.ts'

/** What the embedded store was made with; kept in keys/store.json. */
export type StoreCredentials = z.infer<typeof storeCredentialsSchema>

/** Reads the credentials, or makes them for a store to come. */
export function storeCredentials(home: string): StoreCredentials {
  const kept = readKey(home, 'store.json')
  if (kept) return storeCredentialsSchema.parse(JSON.parse(kept))
  const made = { superuserPassword: randomPassword(), ownerPassword: randomPassword(), port: null }
  keepStoreCredentials(home, made)
  return made
}

/** Replaces what is kept, such as the port after another was chosen. */
export function keepStoreCredentials(home: string, credentials: StoreCredentials): void {
  writeKey(home, 'store.json', JSON.stringify(credentials))
}

export const storeCredentialsSchema = z.object({
  superuserPassword: z.string(),
  ownerPassword: z.string(),
  port: z.number().int().nullable(),
})

function randomPassword(): string {
  return randomBytes(24).toString('base64url')
}
