import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import { CorruptStateError } from '#agent/state/corrupt-state-error.ts'
import { readEnrolment } from '#agent/state/enrolment.ts'
import { readText } from '#agent/state/read-text.ts'
import { writeDurable } from '#agent/durable.ts'
import { agentIdOf } from './agent-id.ts'

export interface Keys {
  agentId: string
  /** base64 of the SPKI form of the agent's own key. */
  agentKey: string
  /** SHA-256 of the SPKI form of the certificate's key, base64url. */
  certificatePin: string
  /** PEM. */
  tls: { key: string; cert: string }
}

/** The agent's keys; made at the first start, missed ever after. `make` is for who would rather not make them in this process. */
export async function openKeys(folder: string, node: string, make = makeKeys): Promise<Keys> {
  const found = await readKeys(folder)
  if (found) return found
  if (await readEnrolment(folder)) throw new CorruptStateError(join(folder, identityFile), 'is gone')
  return make(folder, node)
}

/** New keys in place of what is there. The identity is written last: without it the others count for nothing. */
export async function makeKeys(folder: string, node: string): Promise<Keys> {
  const { makeCertificate } = await import('./make-certificate.ts')
  const { key, certificate } = await makeCertificate(node)
  const identity = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  await writeDurable(join(folder, tlsFile), `${key}${certificate}`)
  await writeDurable(join(folder, identityFile), identity.toString())
  return keysOf(folder, { identity: identity.toString(), tls: `${key}${certificate}` })
}

const identityFile = 'identity.key'
const tlsFile = 'tls.pem'

async function readKeys(folder: string): Promise<Keys | null> {
  const identity = await readText(join(folder, identityFile))
  if (identity === null) return null
  const tls = await readText(join(folder, tlsFile))
  if (tls === null) throw new CorruptStateError(join(folder, tlsFile), 'is gone')
  return keysOf(folder, { identity, tls })
}

function keysOf(folder: string, pem: { identity: string; tls: string }): Keys {
  const spki = reading(join(folder, identityFile), () => {
    const key = createPrivateKey(pem.identity)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
    return createPublicKey(key).export({ type: 'spki', format: 'der' })
  })
  const certificate = reading(join(folder, tlsFile), () => {
    const read = new X509Certificate(pem.tls)
    if (!read.checkPrivateKey(createPrivateKey(pem.tls))) throw new Error('key and certificate do not belong together')
    return read
  })
  return {
    agentId: agentIdOf(spki),
    agentKey: spki.toString('base64'),
    certificatePin: keyIdOf(certificate.publicKey.export({ type: 'spki', format: 'der' })),
    tls: { key: pem.tls, cert: certificate.toString() },
  }
}

function reading<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new CorruptStateError(file, 'is damaged', { cause: error })
  }
}
