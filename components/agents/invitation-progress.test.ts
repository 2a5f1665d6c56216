import { expect, test } from 'vitest'
import type { AgentInvitation, NodeAgent } from '#domain/agent/agent.ts'
import { progressOf } from './invitation-progress.ts'

const now = new Date('2026-11-25T12:00:00Z')
const made = { id: 'i-1', expiresAt: new Date('2026-11-25T12:15:00Z'), address: '10.0.1.10:8009' }
const invitation: AgentInvitation = {
  id: 'i-1',
  node: 'pg-node-1',
  address: made.address,
  createdBy: 'Mara',
  createdAt: now,
  expiresAt: made.expiresAt,
  endedAt: null,
  outcome: null,
  refusal: null,
  problem: null,
}
const at = (given: Partial<NodeAgent>, when = now) =>
  progressOf(made, { node: 'pg-node-1', host: null, isMember: true, agent: null, invitation: null, ...given }, when)

test('while nobody has come the panel waits and says what the worker sees', () => {
  expect(at({})).toMatchObject({ state: 'waiting', detail: null })
  expect(at({ invitation: { ...invitation, problem: 'Nothing listens there.' } })).toMatchObject({
    state: 'waiting',
    sentence: 'The console looks for the agent on 10.0.1.10:8009.',
    detail: 'Nothing listens there.',
  })
})

test('a list from before the invitation was made says nothing of it', () => {
  const before = { ...invitation, id: 'i-0', expiresAt: new Date('2026-11-25T12:10:00Z') }
  expect(at({ invitation: before })).toMatchObject({ state: 'waiting' })
})

test('it turns into the enrolled agent, and stays so past the end of the token', () => {
  const used = { ...invitation, endedAt: now, outcome: 'enrolled' as const }
  const later = new Date('2026-11-25T13:00:00Z')
  expect(at({ invitation: used }, later)).toMatchObject({
    state: 'enrolled',
    sentence: 'The agent of pg-node-1 is enrolled.',
  })
})

test('it is over when the token is: expired, cancelled, or replaced by another', () => {
  expect(at({ invitation }, made.expiresAt)).toMatchObject({ state: 'over', sentence: 'The token has expired unused.' })
  const cancelled = { ...invitation, endedAt: now, outcome: 'cancelled' as const }
  expect(at({ invitation: cancelled })).toMatchObject({ state: 'over' })
  const newer = { ...invitation, id: 'i-2', expiresAt: new Date('2026-11-25T12:20:00Z') }
  expect(at({ invitation: newer })).toMatchObject({
    state: 'over',
    sentence: 'A newer invitation has taken its place.',
  })
})

test('who was turned away is told, and may try again', () => {
  expect(at({ invitation: { ...invitation, refusal: 'Not the token.' } })).toMatchObject({
    state: 'waiting',
    tone: 'warn',
    detail: 'Not the token.',
  })
})
