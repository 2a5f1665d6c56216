import { expect, test } from 'vitest'
import { AppError, type ErrorCode } from '#server/errors.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { AgentBook, type AgentSource } from './agent-book.ts'

const node = 'pg-node-1'

test('an agent that was enrolled anew is found after a question that went wrong', async () => {
  const source = new Source(agentOf('old'))
  const book = new AgentBook(source, [agentOf('old')])
  source.agent = agentOf('new')
  const access = book.agent(node)
  await expect(access && ask(access)).rejects.toThrow('is not there')
  expect(await (access && ask(access))).toBe('new')
  expect(await (access && ask(access))).toBe('new')
  expect(source.looks).toBe(1)
})

test.each(['not-found', 'conflict'] as const)('an answer of %s leaves no doubt of the agent', async (code) => {
  const source = new Source(agentOf('old'))
  source.fault = code
  const access = new AgentBook(source, [agentOf('old')]).agent(node)
  await expect(access && ask(access)).rejects.toThrow('It says no.')
  await expect(access && ask(access)).rejects.toThrow('It says no.')
  expect(source.looks).toBe(0)
})

test('each is looked up again after a while', async () => {
  const source = new Source(agentOf('old'))
  const access = new AgentBook(source, [agentOf('old')], -1).agent(node)
  await (access && ask(access))
  expect(source.looks).toBe(1)
})

test('one that was locked is asked no more, and found again once it is unlocked', async () => {
  const source = new Source({ ...agentOf('old'), state: 'locked' })
  const book = new AgentBook(source, [agentOf('old')], -1)
  const access = book.agent(node)
  await expect(access && ask(access)).rejects.toMatchObject({ code: 'refused' })
  expect(source.asked).toBe(0)
  source.agent = agentOf('old')
  expect(await (access && ask(access))).toBe('old')
})

test('one that appears later is found', async () => {
  const source = new Source(null)
  const book = new AgentBook(source, [], -1)
  expect(book.agent(node)).toBeNull()
  source.agent = agentOf('old')
  await expect.poll(() => book.agent(node)).not.toBeNull()
})

test('without the store the one that was known is asked', async () => {
  const source = new Source(agentOf('old'))
  source.find = () => Promise.reject(new AppError('store-unreachable', 'It is away.'))
  const access = new AgentBook(source, [agentOf('old')], -1).agent(node)
  expect(await (access && ask(access))).toBe('old')
})

type Access = NonNullable<ReturnType<AgentBook['agent']>>

function ask(access: Access): Promise<unknown> {
  return access.ask('facts', {}, null, new AbortController().signal)
}

/** The store and the network: an agent answers with its certificate's pin, and only as long as that is its own. */
class Source implements AgentSource {
  agent: StoredAgent | null
  fault: ErrorCode | null = null
  looks = 0
  asked = 0

  constructor(agent: StoredAgent | null) {
    this.agent = agent
  }

  find(): Promise<StoredAgent | null> {
    this.looks += 1
    return Promise.resolve(this.agent)
  }

  accessTo({ certificatePin }: StoredAgent): Access {
    return {
      node,
      ask: () => {
        this.asked += 1
        if (this.fault) return Promise.reject(new AppError(this.fault, 'It says no.'))
        if (this.agent?.certificatePin === certificatePin) return Promise.resolve(certificatePin)
        return Promise.reject(new AppError('unreachable', 'It is not there.'))
      },
    }
  }
}

function agentOf(certificatePin: string): StoredAgent {
  return {
    id: 'agent',
    node,
    address: '10.0.0.1:8700',
    version: '1',
    state: 'enrolled',
    lockedReason: null,
    seenAt: null,
    problem: null,
    problemSince: null,
    stanza: null,
    vetoed: [],
    clockSkewMs: null,
    enrolledAt: new Date(),
    enrolledBy: 'Mara',
    clusterId: 'cluster',
    clusterName: 'main',
    certificatePin,
    counter: 0,
    isProblemTold: false,
    refusalsToldAt: null,
  }
}
