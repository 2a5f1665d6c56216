import { generateKeyPairSync } from 'node:crypto'
import { keyIdOf } from '#agent/protocol/enrolment.ts'

/** A signing key as the workers have it. */
export function makeTestKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: spki.toString('base64'), keyId: keyIdOf(spki) }
}
