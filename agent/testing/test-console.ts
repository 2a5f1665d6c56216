import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import { type Binding, signRequest, type Timing } from '#agent/protocol/signature.ts'

export interface TestConsole {
  privateKey: KeyObject
  /** base64 of the SPKI form. */
  key: string
  keyId: string
}

/** The signing key of a console. */
export function testConsole(): TestConsole {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return {
    privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    key: spki.toString('base64'),
    keyId: keyIdOf(spki),
  }
}

export interface TestRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** A request as a console signs it. */
export function signed(
  by: TestConsole,
  request: { path: string; body: unknown; binding: Binding; timing: Partial<Timing> & { created: number } },
): TestRequest {
  const body = Buffer.from(JSON.stringify(request.body))
  const { path, binding } = request
  const nonce = randomBytes(16).toString('base64url')
  const timing = { expires: request.timing.created + 60, nonce, keyId: by.keyId, ...request.timing }
  return {
    method: 'POST',
    path,
    body,
    headers: signRequest({ method: 'POST', path, body, binding, timing }, by.privateKey),
  }
}
