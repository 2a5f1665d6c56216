import { createPublicKey, type KeyObject } from 'node:crypto'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import { CorruptStateError } from './corrupt-state-error.ts'
import { type Enrolment, readEnrolment, writeEnrolment } from './enrolment.ts'
import { NonceJournal } from './nonce-journal.ts'

export interface Enrolled {
  enrolment: Enrolment
  workerKey: KeyObject
  workerKeyId: string
}

/** What an agent must not forget, in memory and on the disk alike. */
export class AgentState {
  private current: Enrolled | null
  private readonly folder: string
  readonly nonces: NonceJournal
  private last: Promise<void> = Promise.resolve()

  private constructor(folder: string, current: Enrolled | null, nonces: NonceJournal) {
    this.folder = folder
    this.current = current
    this.nonces = nonces
  }

  /** Reads the state of the agent with this id; damaged or foreign state is an error, never an empty one. */
  static async open(folder: string, options: { agentId: string; nowSeconds: number }): Promise<AgentState> {
    const enrolment = await readEnrolment(folder)
    if (enrolment && enrolment.agentId !== options.agentId) {
      throw new CorruptStateError(`${folder}/enrolment.json`, 'belongs to another key than identity.key')
    }
    const current = enrolment && enrolledWith(enrolment, folder)
    const { nowSeconds } = options
    return new AgentState(folder, current, await NonceJournal.open(folder, { mustExist: current !== null, nowSeconds }))
  }

  get enrolled(): Enrolled | null {
    return this.current
  }

  /** Reads the enrolment again: another process may have written it before this one had the port. */
  refresh(): Promise<void> {
    return this.serially(async () => {
      const enrolment = await readEnrolment(this.folder)
      this.current = enrolment && enrolledWith(enrolment, this.folder)
    })
  }

  /** Takes a new enrolment in place of the present one; one of the same invitation changes nothing. */
  enrol(enrolment: Enrolment): Promise<void> {
    return this.serially(async () => {
      if (this.current?.enrolment.invitationId === enrolment.invitationId) return
      await writeEnrolment(this.folder, enrolment)
      this.current = enrolledWith(enrolment, this.folder)
    })
  }

  /** Changes the enrolment; whoever awaits it knows that the change is on the disk. */
  update(change: (before: Enrolment) => Enrolment): Promise<Enrolment> {
    return this.serially(async () => {
      if (!this.current) throw new Error('This agent is not enrolled, so there is nothing to change.')
      const next = change(this.current.enrolment)
      if (next !== this.current.enrolment) await writeEnrolment(this.folder, next)
      this.current = { ...this.current, enrolment: next }
      return next
    })
  }

  async close(): Promise<void> {
    await this.last
    await this.nonces.close()
  }

  private serially<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act)
    this.last = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }
}

function enrolledWith(enrolment: Enrolment, folder: string): Enrolled {
  const spki = Buffer.from(enrolment.workerKey, 'base64')
  try {
    const workerKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    return { enrolment, workerKey, workerKeyId: keyIdOf(spki) }
  } catch (error) {
    throw new CorruptStateError(`${folder}/enrolment.json`, 'holds no key of a console', { cause: error })
  }
}
