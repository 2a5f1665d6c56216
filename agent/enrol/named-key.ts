import { createPublicKey, verify } from 'node:crypto'
import { keyIdOf } from '#agent/protocol/enrolment.ts'

/** True when this key (base64 of its SPKI form) is the Ed25519 key with that id. */
export function isTheNamedKey(key: string, keyId: string): boolean {
  const spki = Buffer.from(key, 'base64')
  return spki.toString('base64') === key && keyIdOf(spki) === keyId && publicKeyOf(spki) !== null
}

/** True when this Ed25519 key signed the text; false for whatever is no key or no signature. */
export function isSignedText(text: string, signature: string, key: string): boolean {
  const publicKey = publicKeyOf(Buffer.from(key, 'base64'))
  return publicKey !== null && verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
}

function publicKeyOf(spki: Buffer) {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}
