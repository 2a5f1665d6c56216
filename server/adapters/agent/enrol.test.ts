import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { newSecret, readToken, writeToken } from '#agent/protocol/enrolment.ts'
import { paths } from '#agent/protocol/paths.ts'
import { enrolAgent } from './enrol.ts'
import { refuse, startTestAgent, type TestAgent } from './testing/test-agent.ts'
import { makeTestKey } from './testing/test-key.ts'
import { findWaiting, turnAway } from './waiting.ts'

const node = 'pg-node-1'
const key = makeTestKey()

async function waitingAgent(): Promise<{ agent: TestAgent; invitationId: string; secret: string }> {
  const agent = await startTestAgent(node)
  const token = writeToken({ invitationId: randomUUID(), secret: newSecret(), workerKeyId: key.keyId })
  agent.token = readToken(token)
  const { invitationId = '', secret = '' } = agent.token ?? {}
  return { agent, invitationId, secret }
}

function enrol(agent: TestAgent, given: { invitationId: string; secret: string }) {
  const { privateKey, publicKey } = key
  return enrolAgent({ place: { node, address: agent.address }, ...given, privateKey, publicKey })
}

test('both sides prove the token and know each other from then on', async () => {
  const { agent, ...given } = await waitingAgent()
  await using _ = agent
  expect(await findWaiting({ node, address: agent.address })).toEqual({ invitationId: given.invitationId, node })
  expect(await enrol(agent, given)).toEqual({
    agentId: agent.id,
    identityKey: expect.any(String),
    certificatePin: agent.pin,
    version: '1.0.0',
  })
  expect(agent.workerKey).toBe(key.publicKey)
  expect(await findWaiting({ node, address: agent.address })).toBeNull()
})

test('an agent that does not hold the token is not confirmed', async () => {
  const { agent, invitationId } = await waitingAgent()
  await using _ = agent
  await expect(enrol(agent, { invitationId, secret: newSecret() })).rejects.toMatchObject({
    name: 'UnprovenError',
    message: expect.stringContaining('does not hold the token'),
  })
  expect(agent.workerKey).toBeNull()
  expect(agent.asked).not.toContain(paths.confirm)
})

test('the agent of another node is not confirmed', async () => {
  await using agent = await startTestAgent('pg-node-2')
  const given = { invitationId: randomUUID(), secret: newSecret() }
  agent.token = { ...given, workerKeyId: key.keyId }
  await expect(enrol(agent, given)).rejects.toThrow(
    'This token is for pg-node-1, but the agent that came with it is that of pg-node-2.',
  )
  expect(agent.workerKey).toBeNull()
})

test('an agent whose confirmation got lost on the way is enrolled all the same when it obeys the key', async () => {
  const { agent, ...given } = await waitingAgent()
  await using _ = agent
  agent.answerFirst = (path, response) => {
    if (path !== paths.confirm) return false
    agent.workerKey = key.publicKey
    response.destroy()
    return true
  }
  expect(await enrol(agent, given)).toMatchObject({ agentId: agent.id })
})

test('an agent that was never confirmed is not enrolled', async () => {
  const { agent, ...given } = await waitingAgent()
  await using _ = agent
  agent.answerFirst = (path, response) => {
    if (path === paths.confirm) response.destroy()
    return path === paths.confirm
  }
  await expect(enrol(agent, given)).rejects.toMatchObject({ code: 'unreachable' })
  agent.answerFirst = (path, response) => {
    if (path === paths.confirm) refuse(response, 'expired', 'Too late.')
    return path === paths.confirm
  }
  await expect(enrol(agent, given)).rejects.toMatchObject({ refusal: 'expired' })
})

test('who waits is told why it is turned away, by the key that its token names', async () => {
  const { agent, invitationId } = await waitingAgent()
  await using _ = agent
  const place = { node, address: agent.address }
  await turnAway({ place, invitationId, reason: 'This token was used.', ...key })
  expect(agent.turnedAway).toEqual(['This token was used.'])
  await expect(turnAway({ place, invitationId, reason: 'Go away.', ...makeTestKey() })).rejects.toMatchObject({
    refusal: 'bad-signature',
  })
})
