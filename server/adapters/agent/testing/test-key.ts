import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { keyIdOf, newSecret, type InvitationToken } from '#agent/protocol/enrolment.ts'

/** A signing key as the workers have it. */
export function makeTestKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: spki.toString('base64'), keyId: keyIdOf(spki) }
}

/** A token as the console that has this key makes it; `publicKey` is base64 of its SPKI form. */
export function makeTestToken(publicKey: string): InvitationToken {
  return {
    invitationId: randomUUID(),
    secret: newSecret(),
    workerKeyId: keyIdOf(Buffer.from(publicKey, 'base64')),
  }
}
