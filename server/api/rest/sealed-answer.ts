import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts an answer with its request's key, which the store does not have: it may hold a token or a password that is told once. */
export function sealAnswer(secret: string, key: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derived(secret, key), nonce)
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
}

/** Reads an answer that was encrypted with the same key. */
export function openAnswer(secret: string, key: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', derived(secret, key), sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}

function derived(secret: string, key: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, key, 'matriarch idempotent answer', 32))
}
