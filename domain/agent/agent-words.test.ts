import { expect, test } from 'vitest'
import type { Agent, AgentInvitation, NodeAgent } from './agent.ts'
import { agentWords } from './agent-words.ts'

const now = new Date('2026-11-25T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const agent: Agent = {
  id: 'a-1',
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  version: '1.0.0',
  state: 'enrolled',
  lockedReason: null,
  seenAt: ago(5),
  problem: null,
  problemSince: null,
  stanza: 'main',
  vetoed: [],
  clockSkewMs: 12,
  enrolledAt: ago(3600),
  enrolledBy: 'Mara',
}
const invitation: AgentInvitation = {
  id: 'i-1',
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  createdBy: 'Mara',
  createdAt: ago(60),
  expiresAt: new Date('2026-11-25T12:14:00Z'),
  endedAt: null,
  outcome: null,
  refusal: null,
  problem: null,
}
const wordsOf = (given: Partial<NodeAgent>) =>
  agentWords({ node: 'pg-node-1', host: '10.0.1.10', isMember: true, agent: null, invitation: null, ...given }, now)

test.each<[string, Partial<NodeAgent>, string, string]>([
  ['without an agent', {}, 'none', 'No agent.'],
  ['invited', { invitation }, 'invited', 'Invited by Mara; the console looks for it on 10.0.1.10:8009.'],
  [
    'whose invitation ran out',
    { invitation: { ...invitation, expiresAt: ago(1), refusal: 'Too late.' } },
    'none',
    'No agent: its invitation expired unused. Turned away: Too late.',
  ],
  ['that answers', { agent }, 'enrolled', 'It answers.'],
  ['that answers and is invited anew', { agent, invitation }, 'enrolled', 'It answers.'],
  ['that was not asked yet', { agent: { ...agent, seenAt: null } }, 'stale', 'Not asked yet.'],
  ['that nobody asks', { agent: { ...agent, seenAt: ago(240) } }, 'stale', 'Not asked for 4 min.'],
  ['that does not answer', { agent: { ...agent, problem: 'Gone.', problemSince: ago(9) } }, 'unreachable', 'Gone.'],
  [
    'whose clock is wrong',
    { agent: { ...agent, clockSkewMs: -15_000 } },
    'enrolled',
    "It answers, but its clock is 15 s behind the console's.",
  ],
  ['that is locked', { agent: { ...agent, state: 'locked', lockedReason: 'A copy.' } }, 'locked', 'A copy.'],
])('a node %s is told so', (_, given, state, sentence) => {
  expect(wordsOf(given)).toMatchObject({ state, sentence })
})

test('what stands in the way comes with what to do', () => {
  expect(wordsOf({ agent: { ...agent, problem: 'Gone.' } }).advice).toContain('listens on 10.0.1.10:8009')
  expect(wordsOf({ agent: { ...agent, state: 'locked', lockedReason: 'A copy.' } }).advice).toContain('invite it anew')
  expect(wordsOf({ invitation: { ...invitation, problem: 'Nothing listens there.' } }).advice).toBe(
    'Nothing listens there.',
  )
  expect(wordsOf({ agent }).advice).toBeNull()
})
