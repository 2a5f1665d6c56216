import { z } from 'zod'
import { bindSecrets, secretNames, type BoundSecret, type BoundSecrets } from '#domain/bound-secret.ts'
import type { ClusterDraft, ClusterSecretName } from '#domain/fleet/cluster.ts'
import { decryptAt, encryptAt, type Encrypted } from './at-rest.ts'
import { readSealingKey, type WorkerKeys } from './keys.ts'
import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'
import { sealForWorkers, unsealSecret } from './seal.ts'

export type ClusterSecrets = Partial<Record<ClusterSecretName, string>>

/** Web side: keeps newly typed secrets of a cluster, sealed for the workers together with the places they may be sent to; an empty text removes one, an absent name keeps it. */
export async function putClusterSecrets(tx: Queryable, clusterId: string, draft: ClusterDraft): Promise<void> {
  const bound = bindSecrets(draft.secrets, draft)
  for (const name of secretNames) {
    if (draft.secrets[name] === undefined) continue
    const secret = bound[name]
    if (!secret) {
      await tx.query('delete from secret where cluster_id = $1 and name = $2', [clusterId, name])
      continue
    }
    const sealed = sealForWorkers(await readSealingKey(tx), JSON.stringify(secret), sealedPlace(clusterId, name))
    // Not `excluded.sealed`: that would need the right to read the column.
    await tx.query(
      `insert into secret (cluster_id, name, sealed, updated_at) values ($1, $2, $3, now())
       on conflict (cluster_id, name) do update set sealed = $3, updated_at = now()`,
      [clusterId, name, sealed],
    )
  }
}

/** Web side: secrets that go with a question; null when there are none. */
export async function sealInquirySecrets(on: Queryable, secrets: ClusterSecrets): Promise<Buffer | null> {
  if (Object.keys(secrets).length === 0) return null
  return sealForWorkers(await readSealingKey(on), JSON.stringify(secrets), 'inquiry')
}

/** Worker side: the secrets that came with a question; an empty text is one that is to be removed. */
export function unsealInquirySecrets(keys: WorkerKeys, sealed: Uint8Array | null): ClusterSecrets {
  if (!sealed) return {}
  const given: Record<string, unknown> = JSON.parse(unsealSecret(keys.sealing.privateKey, sealed, 'inquiry'))
  const secrets: ClusterSecrets = {}
  for (const name of secretNames) {
    const value = given[name]
    if (typeof value === 'string') secrets[name] = value
  }
  return secrets
}

/** Worker side: the secrets of a cluster; those still sealed are taken over under the workers' own key on the way. */
export async function readClusterSecrets(store: Store, keys: WorkerKeys, clusterId: string): Promise<BoundSecrets> {
  const { rows } = await store.pool.query<SecretRow>(
    'select id, name, sealed, ciphertext, nonce, tag, key_id as "keyId" from secret where cluster_id = $1',
    [clusterId],
  )
  const secrets: BoundSecrets = {}
  for (const row of rows) {
    const name = secretNames.find((known) => known === row.name)
    if (!name) continue
    const place = restPlace(row.id, clusterId, name)
    if (row.sealed) {
      const text = unsealSecret(keys.sealing.privateKey, row.sealed, sealedPlace(clusterId, name))
      await takeOver(store, row, encryptAt(place, text, keys))
      secrets[name] = boundIn(text)
    } else if (isEncrypted(row)) secrets[name] = boundIn(decryptAt(place, row, keys))
  }
  return secrets
}

// One that was kept before secrets were bound is of no place: it has to be typed again.
function boundIn(text: string): BoundSecret {
  try {
    return boundSecret.parse(JSON.parse(text))
  } catch {
    return { value: text, places: [] }
  }
}

const boundSecret = z.strictObject({ value: z.string(), places: z.array(z.string()) })

interface SecretRow {
  id: string
  name: string
  sealed: Buffer | null
  ciphertext: Buffer | null
  nonce: Buffer | null
  tag: Buffer | null
  keyId: string | null
}

function isEncrypted(row: SecretRow): row is SecretRow & Encrypted {
  return row.ciphertext !== null && row.nonce !== null && row.tag !== null && row.keyId !== null
}

// A newer value may have been typed meanwhile: it stays for the next reading.
async function takeOver(store: Store, row: SecretRow, encrypted: Encrypted): Promise<void> {
  const { ciphertext, nonce, tag, keyId } = encrypted
  await inTransaction(store, (tx) =>
    tx.query(
      'update secret set sealed = null, ciphertext = $3, nonce = $4, tag = $5, key_id = $6 where id = $1 and sealed = $2',
      [row.id, row.sealed, ciphertext, nonce, tag, keyId],
    ),
  )
}

function sealedPlace(clusterId: string, name: ClusterSecretName): string {
  return `secret|${clusterId}|${name}|sealed`
}

function restPlace(id: string, clusterId: string, name: ClusterSecretName): string {
  return `secret|${id}|${clusterId}|${name}|ciphertext`
}
