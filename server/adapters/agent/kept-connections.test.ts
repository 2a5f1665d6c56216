import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startJob } from './call-verb.ts'
import { closeKeptConnections } from './kept-connections.ts'
import { askStatus } from './status.ts'
import { refuse, startTestAgent, type TestAgent } from './testing/test-agent.ts'
import { makeTestKey } from './testing/test-key.ts'

const node = 'pg-node-1'
const key = makeTestKey()

afterEach(closeKeptConnections)

async function enrolledAgent(): Promise<TestAgent> {
  return Object.assign(await startTestAgent(node), { workerKey: key.publicKey })
}

function known({ id, address, pin }: TestAgent) {
  return { id, node, address, certificatePin: pin }
}

function statusOf(agent: TestAgent, more: Partial<Parameters<typeof askStatus>[0]> = {}) {
  return askStatus({ agent: known(agent), key, counter: 0, now: new Date(), timeoutMs: 10_000, ...more })
}

test('what is asked one after another goes over one connection, a refusal too', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  await expect(statusOf(agent, { key: makeTestKey() })).rejects.toMatchObject({ refusal: 'bad-signature' })
  await statusOf(agent)
  expect(agent.asked).toHaveLength(3)
  expect(agent.connections.size).toBe(1)
})

test('what is asked at the same time goes over connections of its own, of which two are kept', async () => {
  await using agent = await enrolledAgent()
  await Promise.all([1, 2, 3, 4].map(() => statusOf(agent)))
  expect(agent.connections.size).toBe(4)
  await untilOpen(agent, 2)
  await Promise.all([statusOf(agent), statusOf(agent)])
  expect(agent.connections.size).toBe(4)
})

test('over a connection to one certificate nothing is sent that is meant for another', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  const imposed = { ...known(agent), certificatePin: 'x'.repeat(43) }
  await expect(statusOf(agent, { agent: imposed })).rejects.toMatchObject({ name: 'PinMismatch', found: agent.pin })
  expect(agent.asked).toHaveLength(1)
  await untilOpen(agent, 0)
})

test('where the agent has moved, its connection to where it was is closed', async () => {
  await using before = await enrolledAgent()
  await using after = await enrolledAgent()
  await statusOf(before)
  await statusOf(after, { agent: { ...known(after), id: before.id } }).catch(() => {})
  expect(after.connections.size).toBe(1)
  await untilOpen(before, 0)
})

test('a question that meets a connection which the agent closes is asked once more, in the same words', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  const nonces: unknown[] = []
  agent.answerFirst = (_, response) => {
    nonces.push(response.req.headers['signature-input'])
    if (nonces.length === 1) response.socket?.destroy()
    return nonces.length === 1
  }
  expect(await statusOf(agent)).toMatchObject({ agentId: agent.id, counter: 2 })
  expect(nonces).toHaveLength(2)
  expect(new Set(nonces).size).toBe(1)
})

test('an agent that was started anew since is asked without a failure', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  for (const connection of agent.connections) connection.destroy()
  expect(await statusOf(agent)).toMatchObject({ counter: 2 })
  expect(agent.connections.size).toBe(2)
})

test('a connection that is new and breaks is not tried again: what was asked may have been done', async () => {
  await using agent = await enrolledAgent()
  agent.answerFirst = (_, response) => {
    response.socket?.destroy()
    return true
  }
  await expect(begin(agent)).rejects.toMatchObject({ code: 'unreachable', mayHaveArrived: true })
  expect(agent.asked).toHaveLength(1)
})

test('of a first question that was taken and never answered, the second one tells nothing', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  agent.asked.length = 0
  agent.answerFirst = (_, response) => {
    if (agent.asked.length === 1) response.socket?.destroy()
    else refuse(response, 'replayed', 'This request was taken once already.')
    return true
  }
  await expect(begin(agent)).rejects.toMatchObject({ name: 'KeptConnectionLost', mayHaveArrived: true })
  expect(agent.asked).toHaveLength(2)
})

test('at the end all that is kept is closed, and what is under way comes to its end', async () => {
  await using agent = await enrolledAgent()
  await statusOf(agent)
  let answer = () => {}
  agent.answerFirst = (_, response) => {
    answer = () => refuse(response, 'busy', 'A backup runs.')
    return true
  }
  const underWay = statusOf(agent)
  await expect.poll(() => agent.asked.length).toBe(2)
  closeKeptConnections()
  answer()
  await expect(underWay).rejects.toMatchObject({ refusal: 'busy' })
  await untilOpen(agent, 0)
})

function begin(agent: TestAgent) {
  const binding = { operation: '7ab1ac8e-2c0e-4a0e-8f5d-6f0f0a0b0c0d', step: 'stop', epoch: 1, planHash: null }
  return startJob({ agent: known(agent), key, verb: 'patroni-stop', args: {}, binding, now: new Date() })
}

async function untilOpen(agent: TestAgent, count: number): Promise<void> {
  await expect.poll(() => [...agent.connections].filter(({ destroyed }) => !destroyed).length).toBe(count)
  await sleep(10)
}
