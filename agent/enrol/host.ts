import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Keys } from '#agent/keys/keys.ts'
import {
  type confirmAnswer,
  confirmationText,
  type confirmRequest,
  type helloAnswer,
  type helloRequest,
  isSameProof,
  proofOf,
  type refuseRequest,
  refusalText,
  type Transcript,
  type waitingAnswer,
} from '#agent/protocol/enrolment.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { AgentState } from '#agent/state/agent-state.ts'
import { agentVersion } from '#agent/version.ts'
import { isSignedText, isTheNamedKey } from './named-key.ts'
import { type Pending, readPending, removePending, writePending } from './pending.ts'

/** Conversations begun and not ended; the oldest is given up for a new one. */
const mostConversations = 64

/** The agent's side of an enrolment. It knows of one only while an invitation lies in its folder. */
export class EnrolmentHost {
  private readonly conversations = new Map<string, Transcript>()
  private readonly parts: HostParts
  private last: Promise<unknown> = Promise.resolve()

  constructor(parts: HostParts) {
    this.parts = parts
  }

  /** A confirmed one is told until the console asks anything: it may have died before it kept what it confirmed. */
  async waiting(): Promise<z.output<typeof waitingAnswer>> {
    const { invitationId, outcome } = await this.pending()
    const { node, keys } = this.parts
    if (!outcome) return { invitationId, node }
    if (outcome.kind === 'refused' || !this.isUnused(invitationId)) throw nothingWaits()
    return { invitationId, node, agentId: keys.agentId }
  }

  /** The invitation that is waited with and not decided yet; null for none, and for one that cannot be read. */
  async waitsWith(): Promise<string | null> {
    const pending = await this.pending().catch(() => null)
    return pending && !pending.outcome ? pending.invitationId : null
  }

  async hello(request: z.output<typeof helloRequest>): Promise<z.output<typeof helloAnswer>> {
    const pending = await this.pendingOf(request.invitationId)
    if (!isTheNamedKey(request.workerKey, pending.workerKeyId)) throw await this.anotherCame(pending)
    const { keys, node } = this.parts
    const { agentId, agentKey, certificatePin } = keys
    const agentNonce = randomBytes(32).toString('base64url')
    const transcript = { ...request, node, agentId, agentKey, certificatePin, agentNonce }
    this.remember(transcript)
    const proof = proofOf('agent', pending.secret, transcript)
    return { agentId, node, agentKey, certificatePin, agentNonce, version: agentVersion, proof }
  }

  /** Pins the console's key. Asked again with the same invitation, as when its answer was lost, it changes nothing. */
  async confirm(request: z.output<typeof confirmRequest>): Promise<z.output<typeof confirmAnswer>> {
    const pending = await this.pendingOf(request.invitationId)
    const transcript = this.conversations.get(request.agentNonce)
    if (transcript?.invitationId !== request.invitationId) {
      throw new RefusedError('not-found', 'This agent knows nothing of such a conversation. Begin with hello.')
    }
    if (!isSameProof(proofOf('worker', pending.secret, transcript), request.proof)) {
      throw new RefusedError('bad-signature', 'The console does not hold the token of this invitation.')
    }
    if (!isSignedText(confirmationText(transcript), request.signature, transcript.workerKey)) throw anotherKey()
    await this.pin(transcript)
    const sentence = `${this.parts.node} is enrolled, as agent ${transcript.agentId}.`
    await this.note(pending, { outcome: { kind: 'confirmed', sentence } })
    return { agentId: transcript.agentId }
  }

  async refuse(request: z.output<typeof refuseRequest>): Promise<void> {
    const pending = await this.pendingOf(request.invitationId)
    if (!isTheNamedKey(request.workerKey, pending.workerKeyId)) throw await this.anotherCame(pending)
    const text = refusalText(request.invitationId, request.reason)
    if (!isSignedText(text, request.signature, request.workerKey)) throw anotherKey()
    if (pending.outcome) throw new RefusedError('conflict', 'This enrolment was confirmed already.')
    await this.note(pending, { outcome: { kind: 'refused', sentence: request.reason } })
  }

  /** Whoever waits is told at the end that a console came, if the one of the token does not. */
  private async anotherCame(pending: Pending): Promise<RefusedError> {
    if (!pending.hasSeenAnother) await this.note(pending, { hasSeenAnother: true })
    return anotherKey()
  }

  /** Changes what lies there, unless it is decided by now: one change at a time, so that none undoes another. */
  private note(pending: Pending, change: Partial<Pending>): Promise<void> {
    const done = this.last.then(async () => {
      // Who waited may just have given up; what came of it is kept all the same.
      const there = (await readPending(this.parts.folder)) ?? (change.outcome ? pending : null)
      if (there?.invitationId !== pending.invitationId || there.outcome) return
      await writePending(this.parts.folder, { ...there, ...change })
    })
    this.last = done.catch(() => undefined)
    return done
  }

  /** True while no status was asked and no verb was done under the enrolment by this invitation. */
  private isUnused(invitationId: string): boolean {
    const enrolment = this.parts.state.enrolled?.enrolment
    return enrolment?.invitationId === invitationId && enrolment.counter === 0 && enrolment.highestEpoch === 0
  }

  private async pin({ agentId, workerKey, invitationId }: Transcript): Promise<void> {
    const enrolledAt = new Date(this.parts.clock()).toISOString()
    const fresh = { counter: 0, highestEpoch: 0, locked: null }
    await this.parts.state.enrol({ version: 1, agentId, workerKey, invitationId, enrolledAt, ...fresh })
  }

  private remember(transcript: Transcript): void {
    this.conversations.set(transcript.agentNonce, transcript)
    if (this.conversations.size <= mostConversations) return
    for (const oldest of this.conversations.keys()) {
      this.conversations.delete(oldest)
      return
    }
  }

  private async pendingOf(invitationId: string): Promise<Pending> {
    const pending = await this.pending()
    if (pending.invitationId !== invitationId || pending.outcome?.kind === 'refused') throw nothingWaits()
    return pending
  }

  private async pending(): Promise<Pending> {
    const pending = await readPending(this.parts.folder)
    if (!pending) throw nothingWaits()
    if (Date.parse(pending.expiresAt) > this.parts.clock()) return pending
    await removePending(this.parts.folder).catch(() => undefined)
    throw nothingWaits()
  }
}

interface HostParts {
  folder: string
  node: string
  keys: Keys
  state: AgentState
  /** Milliseconds since 1970. */
  clock: () => number
}

function nothingWaits(): RefusedError {
  return new RefusedError(
    'not-found',
    'This agent waits with no such invitation. Run matriarch-agent enroll on its node.',
  )
}

function anotherKey(): RefusedError {
  return new RefusedError('bad-signature', 'This is not the key of the console that made the token.')
}
