import { createHmac, randomBytes } from 'node:crypto'
import { sealContext, type Proof, type Proven } from '#domain/proof.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import { sealForWorkers, unsealSecret } from '#server/store/seal.ts'
import type { CheckProof } from '../check-proof.ts'

interface App {
  secret: Buffer
  isVouched: boolean
  lastStep: number
}

/** Authenticator apps of people (TOTP, RFC 6238), and the worker's check of their codes: sealed for one act, each good once. */
export class AppProofs {
  readonly #keys: WorkerKeys
  readonly #apps = new Map<string, App>()

  constructor(keys: WorkerKeys) {
    this.#keys = keys
  }

  register(userId: string, { isVouched = true }: { isVouched?: boolean } = {}): void {
    this.#apps.set(userId, { secret: randomBytes(20), isVouched, lastStep: 0 })
  }

  /** The code that the app shows; half a minute is over with each, so that none waits. */
  code(userId: string): string {
    const app = this.#apps.get(userId)
    if (!app) throw new Error('This person has no app.')
    return codeOf(app.secret, Math.max(app.lastStep + 1, stepOf(new Date())))
  }

  /** The code as the web tier seals it for this act. */
  proof(proven: Proven, code = this.code(proven.userId)): Proof {
    const sealed = sealForWorkers(this.#keys.sealing.publicKey, code, sealContext(proven))
    return { kind: 'totp', sealed: sealed.toString('base64') }
  }

  readonly check: CheckProof = (_, { proof, needsVouched, ...proven }) => {
    const app = this.#apps.get(proven.userId)
    if (!app || proof.kind !== 'totp') return told('You have no second factor.')
    if (needsVouched && !app.isVouched) return told('Nobody has vouched for this factor.')
    const code = this.#unseal(proof.sealed, proven)
    if (code === null) return told('This code was given for something else.')
    const now = Math.max(app.lastStep, stepOf(new Date()))
    const step = [now - 1, now, now + 1].find((each) => codeOf(app.secret, each) === code)
    if (step === undefined) return told('The code is wrong.')
    if (step <= app.lastStep) return told('This code was used before.')
    app.lastStep = step
    return Promise.resolve({ ok: true, factorId: `app of ${proven.userId}` })
  }

  #unseal(sealed: string, proven: Proven): string | null {
    try {
      return unsealSecret(this.#keys.sealing.privateKey, Buffer.from(sealed, 'base64'), sealContext(proven))
    } catch {
      return null
    }
  }
}

function told(sentence: string): ReturnType<CheckProof> {
  return Promise.resolve({ ok: false, sentence })
}

function stepOf(at: Date): number {
  return Math.floor(at.getTime() / 30_000)
}

function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}
