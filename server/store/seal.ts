import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { AppError } from '#server/errors.ts'

/**
 * Seals a text so that only the workers can read it, not even who sealed it: X25519 with a key of its own, HKDF-SHA256,
 * AES-256-GCM. `publicKey` is base64 of the SPKI form; `context` says what it is for and must be the same when unsealing.
 */
export function sealForWorkers(publicKey: string, plaintext: string, context: string): Buffer {
  const workers = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const own = generateKeyPairSync('x25519')
  const ownPublic = spki(own.publicKey)
  const key = deriveKey(own.privateKey, workers, ownPublic, spki(workers), context)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([version]), ownPublic, nonce, cipher.getAuthTag(), ciphertext])
}

/** Reads what was sealed for these workers with the same context; throws AppError `internal` for anything else. */
export function unsealSecret(privateKey: KeyObject, sealed: Uint8Array, context: string): string {
  try {
    const all = Buffer.from(sealed)
    if (all[0] !== version) throw new Error(`unknown form ${all[0]}`)
    const ownPublic = all.subarray(1, 1 + spkiBytes)
    const nonce = all.subarray(1 + spkiBytes, 1 + spkiBytes + nonceBytes)
    const tag = all.subarray(1 + spkiBytes + nonceBytes, 1 + spkiBytes + nonceBytes + tagBytes)
    const ciphertext = all.subarray(1 + spkiBytes + nonceBytes + tagBytes)
    const peer = createPublicKey({ key: ownPublic, format: 'der', type: 'spki' })
    const key = deriveKey(privateKey, peer, ownPublic, spki(createPublicKey(privateKey)), context)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAuthTag(tag)
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('internal', 'A sealed secret was not made for this worker or has been changed. Type it again.', {
      cause,
    })
  }
}

const version = 1
const spkiBytes = 44
const nonceBytes = 12
const tagBytes = 16

function spki(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' })
}

function deriveKey(
  privateKey: KeyObject,
  publicKey: KeyObject,
  ownPublic: Buffer,
  workersPublic: Buffer,
  context: string,
) {
  const shared = diffieHellman({ privateKey, publicKey })
  const salt = Buffer.concat([ownPublic, workersPublic])
  return Buffer.from(hkdfSync('sha256', shared, salt, `matriarch seal 1|${context}`, 32))
}
