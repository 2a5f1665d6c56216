import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '#server/errors.ts'
import type { WorkerKeys } from './keys.ts'

/** A text encrypted under the workers' key. */
export interface Encrypted {
  ciphertext: Buffer
  nonce: Buffer
  tag: Buffer
  keyId: string
}

/** Encrypts a text for one place in the store (`table|row|column`); it can be read in that place only. */
export function encryptAt(place: string, plaintext: string, { kek }: WorkerKeys): Encrypted {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', kek.key, nonce).setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return { ciphertext, nonce, tag: cipher.getAuthTag(), keyId: kek.id }
}

/** Decrypts what stands at a place; throws AppError `internal` where the key, the place or a byte is not the same. */
export function decryptAt(place: string, { ciphertext, nonce, tag, keyId }: Encrypted, { kek }: WorkerKeys): string {
  if (keyId !== kek.id) {
    throw new AppError(
      'internal',
      `A secret was encrypted with the key ${keyId}; this worker holds ${kek.id}. Put back keys/kek, or type the secret again.`,
    )
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', kek.key, nonce, { authTagLength: 16 })
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('internal', 'A secret in the store has been changed or moved. Type it again.', { cause })
  }
}
