import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { paths } from '#agent/protocol/paths.ts'
import { serveTcp } from '../testing/local-server.ts'
import { callVerb, startJob } from './call-verb.ts'
import { askAgent } from './client.ts'
import { askStatus } from './status.ts'
import { refuse, startTestAgent, type TestAgent } from './testing/test-agent.ts'
import { makeTestKey } from './testing/test-key.ts'

const node = 'pg-node-1'
const key = makeTestKey()

async function enrolledAgent(): Promise<TestAgent> {
  return Object.assign(await startTestAgent(node), { workerKey: key.publicKey })
}

function known({ id, address, pin }: TestAgent) {
  return { id, node, address, certificatePin: pin }
}

function statusOf(agent: TestAgent, more: Partial<Parameters<typeof askStatus>[0]> = {}) {
  return askStatus({ agent: known(agent), key, counter: 0, now: new Date(), timeoutMs: 10_000, ...more })
}

test('a signed status reaches the agent and its answer is read', async () => {
  await using agent = await enrolledAgent()
  expect(await statusOf(agent)).toMatchObject({ agentId: agent.id, counter: 1, version: '1.0.0' })
  expect(agent.obeyed).toEqual([{ audience: agent.id, operation: null, step: null, epoch: 0, planHash: null }])
})

test('a verb is bound to its operation, step, epoch and plan, and brings what it was asked for', async () => {
  await using agent = await enrolledAgent()
  const binding = { operation: randomUUID(), step: 'look', epoch: 7, planHash: 'a'.repeat(64) }
  const call = { agent: known(agent), key, binding, now: new Date() }
  const answer = z.object({ args: z.object({ log: z.string(), lines: z.int() }) })
  expect(await callVerb({ ...call, verb: 'log-tail', args: { log: 'postgres', lines: 5 } }, answer)).toEqual({
    args: { log: 'postgres', lines: 5 },
  })
  expect(agent.asked).toEqual(['/v1/verbs/log-tail'])
  expect(agent.obeyed).toEqual([{ audience: agent.id, ...binding }])
})

test('an answer that is none of a job is a protocol error that names node and address', async () => {
  await using agent = await enrolledAgent()
  const job = startJob({
    agent: known(agent),
    key,
    verb: 'patroni-stop',
    args: {},
    binding: { operation: randomUUID(), step: 'stop', epoch: 1, planHash: null },
    now: new Date(),
  })
  await expect(job).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringContaining(`(the agent of ${node})`),
  })
  await expect(job).rejects.toThrow(agent.address)
})

test('with another certificate than the one it was enrolled with not a byte is sent', async () => {
  await using agent = await enrolledAgent()
  const imposed = { ...known(agent), certificatePin: 'x'.repeat(43) }
  await expect(statusOf(agent, { agent: imposed })).rejects.toMatchObject({
    name: 'PinMismatch',
    found: agent.pin,
    mayHaveArrived: false,
    message: expect.stringContaining(`${agent.address} shows another certificate than the agent of ${node}`),
  })
  expect(agent.asked).toEqual([])
})

test('a refusal is told in the words of the agent', async () => {
  await using agent = await enrolledAgent()
  agent.answerFirst = (_, response) => {
    refuse(response, 'vetoed', 'agent.toml forbids restore\u0007.')
    return true
  }
  await expect(statusOf(agent)).rejects.toMatchObject({
    name: 'AgentRefusal',
    refusal: 'vetoed',
    code: 'refused',
    message: `The agent of ${node} refuses: agent.toml forbids restore\uFFFD.`,
  })
  agent.answerFirst = (_, response) => {
    refuse(response, 'busy', 'A backup runs.')
    return true
  }
  await expect(statusOf(agent)).rejects.toMatchObject({ refusal: 'busy', code: 'conflict' })
})

test('a key that the agent does not know is refused by it', async () => {
  await using agent = await enrolledAgent()
  await expect(statusOf(agent, { key: makeTestKey() })).rejects.toMatchObject({ refusal: 'bad-signature' })
})

test.each([
  ['is no JSON', 'nonsense'],
  ['is another shape', '{"agentId":7}'],
])('an answer that %s is a protocol error', async (_, text) => {
  await using agent = await enrolledAgent()
  agent.answerFirst = (__, response) => {
    response.end(text)
    return true
  }
  await expect(statusOf(agent)).rejects.toMatchObject({
    code: 'protocol',
    message: expect.stringContaining(agent.address),
  })
})

test('an answer without an end is cut off at 2 MiB', async () => {
  await using agent = await enrolledAgent()
  agent.answerFirst = (_, response) => {
    const pump = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, ' '))) continue
      if (!response.destroyed) response.once('drain', pump)
    }
    pump()
    return true
  }
  await expect(statusOf(agent, { timeoutMs: 5_000 })).rejects.toMatchObject({ kind: 'too-large' })
})

test('an agent that takes its time is given up at the deadline, connecting included', async () => {
  await using agent = await enrolledAgent()
  agent.answerFirst = () => true
  await expect(statusOf(agent, { timeoutMs: 1_000 })).rejects.toMatchObject({
    code: 'timeout',
    mayHaveArrived: true,
    message: expect.stringMatching(/^the agent of pg-node-1 did not answer on 127\.0\.0\.1:\d+ within 1 s\.$/),
  })
  await using silent = await serveTcp(() => {})
  const address = `127.0.0.1:${silent.port}`
  await expect(statusOf(agent, { agent: { ...known(agent), address }, timeoutMs: 200 })).rejects.toMatchObject({
    code: 'timeout',
    mayHaveArrived: false,
  })
})

test('a call ends with its signal', async () => {
  await using agent = await enrolledAgent()
  agent.answerFirst = () => true
  const ended = new AbortController()
  const call = statusOf(agent, { signal: ended.signal, timeoutMs: 60_000 })
  await sleep(50)
  ended.abort()
  await expect(call).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('was broken off') })
})

test('where nothing listens, and where something else does, is told with node and address', async () => {
  const agent = await enrolledAgent()
  await agent[Symbol.asyncDispose]()
  await expect(statusOf(agent)).rejects.toMatchObject({
    kind: 'refused',
    mayHaveArrived: false,
    message: `Nothing listens on ${agent.address} (the agent of ${node}): check that the agent runs there.`,
  })
  await using other = await serveTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
  const address = `127.0.0.1:${other.port}`
  await expect(statusOf(agent, { agent: { ...known(agent), address } })).rejects.toMatchObject({ kind: 'tls' })
})

test('before both sides know each other any certificate may answer, and its pin is told', async () => {
  await using agent = await startTestAgent(node)
  agent.token = { invitationId: randomUUID(), secret: 's', workerKeyId: key.keyId }
  const place = { node, address: agent.address }
  const question = {
    place,
    pin: null,
    method: 'GET',
    path: paths.waiting,
    answer: z.unknown(),
    timeoutMs: 10_000,
  } as const
  expect(await askAgent(question)).toEqual({ value: { invitationId: agent.token.invitationId, node }, pin: agent.pin })
})
