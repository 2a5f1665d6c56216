import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { Registration } from '#domain/people/factor-question.ts'
import type { Assertion } from '#domain/people/proof.ts'

/** A passkey without a device: keys and bytes as an authenticator makes them (WebAuthn, ES256, no attestation). */
export class SoftPasskey {
  readonly id = randomBytes(16)
  readonly origin: string
  readonly #rpId: string
  readonly #publicKey: KeyObject
  readonly #privateKey: KeyObject
  /** Counts its answers from here on, as security keys do; passkeys that are synchronised stay at 0. */
  counter: number | null = null

  constructor(origin = 'http://localhost:4400', rpId = 'localhost') {
    this.origin = origin
    this.#rpId = rpId
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#publicKey = pair.publicKey
    this.#privateKey = pair.privateKey
  }

  register(challenge: string): Registration {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, this.#coseKey()])
    const authData = Buffer.concat([this.#head(0x45), attested])
    const size = Buffer.alloc(2)
    size.writeUInt16BE(authData.length)
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      Buffer.from([0x59]),
      size,
      authData,
    ])
    return {
      id: this.id.toString('base64url'),
      rawId: this.id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
      },
      clientExtensionResults: {},
    }
  }

  /** `isVerified` = it asked for a finger, a face or a PIN. */
  answer(challenge: string, { isVerified = true }: { isVerified?: boolean } = {}): Assertion {
    if (this.counter !== null) this.counter += 1
    const authData = this.#head(isVerified ? 0x05 : 0x01)
    const clientData = this.#clientData('webauthn.get', challenge)
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
    return {
      id: this.id.toString('base64url'),
      rawId: this.id.toString('base64url'),
      type: 'public-key',
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
      },
      clientExtensionResults: {},
    }
  }

  #head(flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter ?? 0)
    return Buffer.concat([createHash('sha256').update(this.#rpId).digest(), Buffer.from([flags]), counter])
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }))
  }

  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#publicKey.export({ format: 'jwk' })
    return Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }
}
