import { randomBytes, randomUUID, sign } from 'node:crypto'
import {
  confirmationText,
  helloAnswer,
  type InvitationToken,
  isSameProof,
  newSecret,
  proofOf,
  refusalText,
  type Transcript,
  waitingAnswer,
} from '#agent/protocol/enrolment.ts'
import type { TestAnswer, TestClient } from './test-client.ts'
import type { TestConsole } from './test-console.ts'

export function invitationOf({ keyId }: TestConsole): InvitationToken {
  return { invitationId: randomUUID(), secret: newSecret(), workerKeyId: keyId }
}

/** Waits until the agent says that it waits with this invitation. */
export async function untilWaiting(client: TestClient, { invitationId }: InvitationToken): Promise<void> {
  for (let tries = 0; tries < 2_400; tries += 1) {
    const answer = await client.get('/v1/enrol').catch(() => null)
    if (answer?.status === 200 && waitingAnswer.parse(answer.body).invitationId === invitationId) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The agent never waited with this invitation.')
}

/** The console's side up to the confirmation: says hello and checks what it is answered, the connection's key too. */
export async function hello(
  client: TestClient,
  by: TestConsole,
  { invitationId, secret }: InvitationToken,
): Promise<{ transcript: Transcript } | { problem: string }> {
  const workerNonce = randomBytes(32).toString('base64url')
  const answer = await client.post('/v1/enrol/hello', { invitationId, workerKey: by.key, workerNonce })
  if (answer.status !== 200) return { problem: String(answer.body['code']) }
  const { version: _, proof, ...said } = helloAnswer.parse(answer.body)
  const transcript = { ...said, invitationId, workerKey: by.key, workerNonce }
  if (!isSameProof(proof, proofOf('agent', secret, transcript))) return { problem: 'wrong proof' }
  if (said.certificatePin !== answer.pin) return { problem: 'another certificate' }
  return { transcript }
}

export function confirmation(by: TestConsole, secret: string, transcript: Transcript) {
  const { invitationId, agentNonce } = transcript
  const signature = sign(null, Buffer.from(confirmationText(transcript)), by.privateKey).toString('base64')
  return { invitationId, agentNonce, proof: proofOf('worker', secret, transcript), signature }
}

/** The whole conversation, as a console has it. */
export async function enrolAt(client: TestClient, by: TestConsole, invitation: InvitationToken): Promise<TestAnswer> {
  const said = await hello(client, by, invitation)
  if ('problem' in said) throw new Error(said.problem)
  return client.post('/v1/enrol/confirm', confirmation(by, invitation.secret, said.transcript))
}

export function refusal(by: TestConsole, invitationId: string, reason: string) {
  const signature = sign(null, Buffer.from(refusalText(invitationId, reason)), by.privateKey).toString('base64')
  return { invitationId, workerKey: by.key, reason, signature }
}
