import { expect, test } from 'vitest'
import { PinMismatch } from '#server/adapters/agent/connect.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import type { AgentStatus } from '#server/adapters/agent/status.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { judgeStatus } from './judge-status.ts'

const at = new Date('2026-11-25T12:00:00Z')
const agent: StoredAgent = {
  id: 'a-1',
  clusterId: 'c-1',
  clusterName: 'main',
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  certificatePin: 'pin',
  version: '1.0.0',
  counter: 5,
  state: 'enrolled',
  lockedReason: null,
  seenAt: new Date('2026-11-25T11:59:50Z'),
  problem: null,
  problemSince: null,
  isProblemTold: false,
  stanza: 'main',
  vetoed: [],
  clockSkewMs: 0,
  refusalsToldAt: null,
  enrolledAt: new Date('2026-11-25T11:00:00Z'),
  enrolledBy: 'Mara',
}
const status: AgentStatus = {
  agentId: 'a-1',
  node: 'pg-node-1',
  version: '1.1.0',
  startedAt: '2026-11-25T11:00:00Z',
  counter: 6,
  clock: at.getTime() / 1000,
  stanza: 'main',
  vetoed: ['data-discard'],
  running: [],
  refusals: [],
}
const silence = new LookError('timeout', 'the agent of pg-node-1 did not answer on 10.0.1.10:8009 within 5 s.')

test('a good answer keeps what it says and tells nothing', () => {
  expect(judgeStatus(agent, { status, at })).toEqual({
    change: {
      version: '1.1.0',
      counter: 6,
      seenAt: at,
      problem: null,
      problemSince: null,
      isProblemTold: false,
      stanza: 'main',
      vetoed: ['data-discard'],
      clockSkewMs: 0,
      refusalsToldAt: null,
    },
    events: [],
  })
})

test('one lost answer is kept and not told, a second in a row is told, a third is not told again', () => {
  const first = judgeStatus(agent, { error: silence, at })
  expect(first).toEqual({ change: { problem: silence.message, problemSince: at, isProblemTold: false }, events: [] })
  const second = judgeStatus({ ...agent, ...first.change }, { error: silence, at: new Date(at.getTime() + 10_000) })
  expect(second.events).toMatchObject([{ kind: 'agent-unreachable', severity: 'warning', member: 'pg-node-1' }])
  expect(second.change).toMatchObject({ problemSince: at, isProblemTold: true })
  const third = judgeStatus({ ...agent, ...first.change, ...second.change }, { error: silence, at })
  expect(third.events).toEqual([])
})

test('an agent that was told to be away is told to be back, one that was not is not', () => {
  const away = { ...agent, problem: 'gone', problemSince: new Date(at.getTime() - 240_000) }
  expect(judgeStatus({ ...away, isProblemTold: true }, { status, at }).events).toMatchObject([
    { kind: 'agent-reachable', sentence: 'The agent of pg-node-1 answers again after 4 min.' },
  ])
  expect(judgeStatus(away, { status, at }).events).toEqual([])
})

test('another certificate locks the agent', () => {
  const error = new PinMismatch({ node: agent.node, address: agent.address }, 'other')
  const { change, events } = judgeStatus(agent, { error, at })
  expect(change.lockedReason).toContain('shows another certificate')
  expect(events).toMatchObject([{ kind: 'agent-certificate-changed', severity: 'critical' }])
})

test.each([
  ['that says it never drew this number', { error: new AgentRefusal(agent, 'cloned', 'no'), at }],
  ['whose number has gone back', { status: { ...status, counter: 4 }, at }],
  ['that calls itself another', { status: { ...status, agentId: 'a-2' }, at }],
  ['that has locked itself', { error: new AgentRefusal(agent, 'locked', 'Locked.'), at }],
])('an agent %s is locked as a copy', (_, look) => {
  const { change, events } = judgeStatus(agent, look)
  expect(change.lockedReason).toBeTruthy()
  expect(events).toMatchObject([{ kind: 'agent-cloned', severity: 'critical' }])
})

test('a clock that goes wrong, and one that is right again, is told once', () => {
  const ahead = { ...status, clock: at.getTime() / 1000 + 20 }
  const wrong = judgeStatus(agent, { status: ahead, at })
  expect(wrong.change.clockSkewMs).toBe(20_000)
  expect(wrong.events).toMatchObject([
    { kind: 'agent-clock-skewed', sentence: expect.stringContaining("20 s ahead of the console's") },
  ])
  const skewed = { ...agent, ...wrong.change }
  expect(judgeStatus(skewed, { status: { ...ahead, counter: 7 }, at }).events).toEqual([])
  expect(judgeStatus(skewed, { status, at }).events).toMatchObject([{ kind: 'agent-clock-right' }])
  expect(judgeStatus(agent, { status: { ...status, clock: 1e18 }, at }).change.clockSkewMs).toBe(0x7fff_ffff)
})

test('a clock so wrong that requests are refused is told as that', () => {
  const error = new AgentRefusal(agent, 'clock-skew', 'It is 40 s off.')
  const failing = { ...agent, problem: 'x', problemSince: at }
  expect(judgeStatus(failing, { error, at }).events).toMatchObject([{ kind: 'agent-clock-skewed' }])
})

test('refused requests are told once, all of one kind together', () => {
  const refusals = [
    { at: '2026-11-25T11:59:51.000Z', code: 'bad-signature', sentence: 'one' },
    { at: '2026-11-25T11:59:52.000Z', code: 'vetoed', sentence: 'two' },
    { at: '2026-11-25T11:59:52.500Z', code: 'not-found', sentence: 'Nobody waits.' },
    { at: '2026-11-25T11:59:53.000Z', code: 'bad-signature', sentence: 'three' },
  ]
  const { change, events } = judgeStatus(agent, { status: { ...status, refusals }, at })
  expect(events.map(({ kind, sentence }) => [kind, sentence])).toEqual([
    ['agent-refused-request', 'The agent of pg-node-1 refused 2 requests, the last one so: three'],
    ['agent-refused-request', 'The agent of pg-node-1 refused a request: two'],
  ])
  expect(judgeStatus({ ...agent, ...change }, { status: { ...status, refusals }, at }).events).toEqual([])
})
