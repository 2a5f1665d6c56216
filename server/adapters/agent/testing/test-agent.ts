import { createPublicKey, generateKeyPairSync, randomUUID, verify, X509Certificate, type KeyObject } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { z } from 'zod'
import {
  confirmationText,
  confirmRequest,
  helloRequest,
  isSameProof,
  keyIdOf,
  newSecret,
  proofOf,
  refusalText,
  refuseRequest,
  type InvitationToken,
  type Transcript,
} from '#agent/protocol/enrolment.ts'
import { paths } from '#agent/protocol/paths.ts'
import { statusOf } from '#agent/protocol/refusal.ts'
import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'
import { bindingFields, isSignedBy, parseTiming, type Binding } from '#agent/protocol/signature.ts'
import { type statusAnswer, statusRequest } from '#agent/protocol/status.ts'
import { serveTls, tlsFile, type LocalServer } from '../../testing/local-server.ts'

/** An agent that speaks the protocol over real TLS and does nothing else; what it is and says can be changed at any time. */
export interface TestAgent extends LocalServer {
  address: string
  id: string
  pin: string
  /** What it waits with; null = it does not wait. */
  token: InvitationToken | null
  /** Says that it was confirmed already, and has heard nothing since. */
  isConfirmed: boolean
  /** The key it obeys, base64 of its SPKI form; null = it is not enrolled. */
  workerKey: string | null
  counter: number
  /** Reasons it was turned away with, signed by the key that its token names. */
  turnedAway: string[]
  /** Paths asked for so far. */
  asked: string[]
  /** Connections that were asked over so far. */
  connections: Set<Socket>
  /** Bindings of the signed requests it obeyed. */
  obeyed: Binding[]
  status: Partial<z.output<typeof statusAnswer>>
  /** How it was asked for its status so far. */
  statusAsked: z.output<typeof statusRequest>[]
  /** Does a verb by its path; null = what it is asked is given back. */
  doVerb: (path: string, args: unknown) => unknown
  /** Answers before anything else does; true = it has. */
  answerFirst: (path: string, response: ServerResponse) => boolean
}

export async function startTestAgent(node: string): Promise<TestAgent> {
  const identity = generateKeyPairSync('ed25519')
  const certificate = new X509Certificate(tlsFile('self-signed.pem'))
  const pin = keyIdOf(certificate.publicKey.export({ format: 'der', type: 'spki' }))
  const agentKey = identity.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  let transcript: Transcript | null = null

  const server = await serveTls('self-signed', (request, response) => {
    void answer(request, response).catch((error: unknown) => refuse(response, 'failed', String(error)))
  })
  const agent: TestAgent = {
    ...server,
    address: `127.0.0.1:${server.port}`,
    id: randomUUID(),
    pin,
    token: null,
    isConfirmed: false,
    workerKey: null,
    counter: 0,
    turnedAway: [],
    asked: [],
    connections: new Set(),
    obeyed: [],
    status: {},
    statusAsked: [],
    doVerb: () => null,
    answerFirst: () => false,
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const body = await readBody(request)
    agent.asked.push(path)
    agent.connections.add(request.socket)
    if (agent.answerFirst(path, response)) return
    switch (path) {
      case paths.waiting:
        if (!agent.token) return refuse(response, 'not-found', 'No enrolment is open.')
        return send(response, {
          invitationId: agent.token.invitationId,
          node,
          ...(agent.isConfirmed ? { agentId: agent.id } : {}),
        })
      case paths.hello:
        return hello(response, body)
      case paths.confirm:
        return confirm(response, body)
      case paths.refuse:
        return turnedAway(response, body)
      default:
        return signed(request, response, { path, body })
    }
  }

  function hello(response: ServerResponse, body: Buffer): void {
    const { invitationId, workerKey, workerNonce } = helloRequest.parse(JSON.parse(body.toString()))
    if (!agent.token) return refuse(response, 'conflict', 'No enrolment is open.')
    const agentNonce = newSecret()
    transcript = {
      invitationId,
      node,
      agentId: agent.id,
      workerKey,
      agentKey,
      certificatePin: pin,
      workerNonce,
      agentNonce,
    }
    const proof = proofOf('agent', agent.token.secret, transcript)
    send(response, { agentId: agent.id, node, agentKey, certificatePin: pin, agentNonce, version: '1.0.0', proof })
  }

  function confirm(response: ServerResponse, body: Buffer): void {
    const { proof, signature } = confirmRequest.parse(JSON.parse(body.toString()))
    if (!agent.token || !transcript) return refuse(response, 'conflict', 'No enrolment is open.')
    const isProven = isSameProof(proof, proofOf('worker', agent.token.secret, transcript))
    const text = Buffer.from(confirmationText(transcript))
    const isNamed = keyIdOf(Buffer.from(transcript.workerKey, 'base64')) === agent.token.workerKeyId
    const isSigned = verify(null, text, publicKeyOf(transcript.workerKey), Buffer.from(signature, 'base64'))
    if (!isProven || !isNamed || !isSigned)
      return refuse(response, 'bad-signature', 'This is not the console of the token.')
    agent.workerKey = transcript.workerKey
    agent.token = null
    send(response, { agentId: agent.id })
  }

  function turnedAway(response: ServerResponse, body: Buffer): void {
    const { invitationId, workerKey, reason, signature } = refuseRequest.parse(JSON.parse(body.toString()))
    const isNamed = keyIdOf(Buffer.from(workerKey, 'base64')) === agent.token?.workerKeyId
    const text = Buffer.from(refusalText(invitationId, reason))
    if (!isNamed || !verify(null, text, publicKeyOf(workerKey), Buffer.from(signature, 'base64'))) {
      return refuse(response, 'bad-signature', 'This is not the console of the token.')
    }
    agent.turnedAway.push(reason)
    send(response, {})
  }

  function signed(request: IncomingMessage, response: ServerResponse, given: { path: string; body: Buffer }): void {
    if (agent.workerKey === null) return refuse(response, 'not-enrolled', 'Enrol it first.')
    const fields = fieldsOf(request)
    const timing = parseTiming(fields['signature-input'] ?? '')
    const binding = bindingIn(fields)
    const isGood =
      timing && isSignedBy({ method: 'POST', ...given, binding, timing }, fields, publicKeyOf(agent.workerKey))
    if (!isGood) return refuse(response, 'bad-signature', 'The signature does not fit.')
    if (binding.audience !== agent.id) return refuse(response, 'wrong-audience', 'Another agent is meant.')
    agent.obeyed.push(binding)
    if (given.path !== paths.status) {
      const args: unknown = JSON.parse(given.body.toString())
      return send(response, agent.doVerb(given.path, args) ?? { args })
    }
    const asked = statusRequest.parse(JSON.parse(given.body.toString()))
    const { counter } = asked
    agent.statusAsked.push(asked)
    if (counter > agent.counter) return refuse(response, 'cloned', 'It was asked with a number that it never drew.')
    agent.counter += 1
    send(response, {
      agentId: agent.id,
      node,
      version: '1.0.0',
      startedAt: new Date(0).toISOString(),
      counter: agent.counter,
      clock: Date.now() / 1000,
      stanza: 'main',
      vetoed: [],
      running: [],
      refusals: [],
      ...agent.status,
    })
  }

  return agent
}

export function refuse(response: ServerResponse, code: RefusalCode, sentence: string): void {
  response.writeHead(statusOf(code), { 'content-type': 'application/json' }).end(JSON.stringify({ code, sentence }))
}

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function fieldsOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
}

function bindingIn(fields: Record<string, string>): Binding {
  const read = (name: string) => fields[name] ?? ''
  const orNull = (text: string) => (text === '-' ? null : text)
  return {
    audience: read(bindingFields.audience),
    operation: orNull(read(bindingFields.operation)),
    step: orNull(read(bindingFields.step)),
    epoch: Number(read(bindingFields.epoch)),
    planHash: orNull(read(bindingFields.planHash)),
  }
}

function publicKeyOf(spki: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
}
