import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '#server/errors.ts'
import { hasAgents } from './agents.ts'
import { makeKey } from './key-files.ts'
import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'
import { readSetting, writeSetting } from './settings.ts'
import { liveWorkers } from './workers.ts'

/** The workers' operation key: agents do what it has signed. */
export interface SigningKey {
  privateKey: KeyObject
  /** Base64 of its SPKI form. */
  publicKey: string
}

/** Reads the workers' signing key from `home`/keys, or makes it at first use. Workers of one store need the same file. */
export function loadSigningKey(home: string): SigningKey {
  const privateKey = createPrivateKey(makeKey(home, 'signing-key', makeSigningKey))
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new AppError('internal', `The file keys/signing-key in ${home} is no Ed25519 key: put back a copy of it.`)
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64')
  return { privateKey, publicKey }
}

/**
 * Tells the web tier which key agents are to trust; refuses where agents trust another, or a worker that lives has another.
 * A worker says its own name, having become live before, so that of two that begin at once one sees the other.
 */
export async function publishSigningKey(store: Store, key: SigningKey, self: string | null): Promise<void> {
  await inTransaction(store, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch signing key'))")
    const published = await readSetting(tx, signingKeySetting, schema)
    if (published?.publicKey === key.publicKey) return
    if (published) await refuseOtherKey(tx, self)
    await writeSetting(tx, signingKeySetting, { publicKey: key.publicKey })
  })
}

async function refuseOtherKey(tx: Queryable, self: string | null): Promise<void> {
  if (await hasAgents(tx)) {
    throw new AppError(
      'refused',
      'The agents of this store trust another signing key than the one in this folder. Copy keys/signing-key from the machine whose worker enrolled them, or remove the agents and invite them anew.',
    )
  }
  const [other] = await liveWorkers(tx, self)
  if (other === undefined) return
  throw new AppError(
    'refused',
    `The worker ${other} works on this store with another signing key than the one in this folder. Copy keys/signing-key from the MATRIARCH_HOME of its machine to this one's, or stop that worker first.`,
  )
}

/** Public part of the workers' signing key, base64 of its SPKI form; throws AppError `refused` while no worker has ever run. */
export async function readSigningKey(on: Queryable): Promise<string> {
  const published = await findSigningKey(on)
  if (published !== null) return published
  throw new AppError(
    'refused',
    'No worker has run on this store yet, so no agent can be invited. Start a worker and try again.',
  )
}

/** The same; null while no worker has ever run. */
export async function findSigningKey(on: Queryable): Promise<string | null> {
  return (await readSetting(on, signingKeySetting, schema))?.publicKey ?? null
}

const signingKeySetting = 'workers.signing-key'
const schema = z.object({ publicKey: z.string() })

function makeSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}
