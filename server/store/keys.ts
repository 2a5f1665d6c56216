import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#server/errors.ts'
import { makeKey } from './key-files.ts'
import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'
import { readSetting, writeSetting } from './settings.ts'
import { liveWorkers } from './workers.ts'

/** What a worker alone holds: the key that encrypts secrets at rest and the key that opens what the web tier sealed. */
export interface WorkerKeys {
  kek: { id: string; key: Buffer }
  sealing: { privateKey: KeyObject; publicKey: string }
}

/** Reads the workers' keys from `home`/keys, or makes them at first use. Workers of one store need the same files. */
export function loadWorkerKeys(home: string): WorkerKeys {
  const key = Buffer.from(
    makeKey(home, 'kek', () => randomBytes(32).toString('base64')),
    'base64',
  )
  if (key.length !== 32)
    throw new AppError('internal', `The file keys/kek in ${home} is damaged: put back a copy of it.`)
  const privateKey = createPrivateKey(makeKey(home, 'sealing-key', makeSealingKey))
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    kek: { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key },
    sealing: { privateKey, publicKey },
  }
}

/**
 * Tells the web tier which key to seal for; refuses where the store's secrets, or a worker that lives, have other keys. A
 * worker says its own name, having become live before, so that of two that begin at once one sees the other.
 */
export async function publishSealingKey(store: Store, keys: WorkerKeys, self: string | null): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch sealing key'))")
    const published = await readSetting(tx, sealingKeySetting, schema)
    if (published?.publicKey === keys.sealing.publicKey) return
    if (published) await refuseOtherKeys(tx, self)
    await writeSetting(tx, sealingKeySetting, { publicKey: keys.sealing.publicKey })
  })
}

async function refuseOtherKeys(tx: Queryable, self: string | null): Promise<void> {
  const secrets = await tx.query(
    'select 1 from secret union all select 1 from factor where ciphertext is not null limit 1',
  )
  if (secrets.rows.length > 0) {
    throw new AppError(
      'refused',
      'The secrets in the store belong to other keys than those in this folder. Copy keys/kek and keys/sealing-key from the machine whose worker made them, or remove the clusters that have passwords and the authenticator apps of people.',
    )
  }
  const [other] = await liveWorkers(tx, self)
  if (other === undefined) return
  throw new AppError(
    'refused',
    `The worker ${other} works on this store with other keys than those in this folder. Copy keys/kek and keys/sealing-key from the MATRIARCH_HOME of its machine to this one's, or stop that worker first.`,
  )
}

/** The workers' public key; throws AppError `refused` while no worker has ever run. */
export async function readSealingKey(on: Queryable): Promise<string> {
  const published = await readSetting(on, sealingKeySetting, schema)
  if (published) return published.publicKey
  throw new AppError(
    'refused',
    'No worker has run on this store yet, so no password can be kept. Start a worker and try again.',
  )
}

const sealingKeySetting = 'workers.sealing-key'
const schema = z.object({ publicKey: z.string() })

function makeSealingKey(): string {
  return generateKeyPairSync('x25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}
