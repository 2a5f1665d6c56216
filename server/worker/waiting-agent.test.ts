import { expect, test } from 'vitest'
import type { AgentInvitation } from '#domain/agent/agent.ts'
import { whyTurnAway } from './waiting-agent.ts'

const now = new Date('2026-11-25T12:05:00Z')
const waiting = { invitationId: 'i-1', node: 'pg-node-1', address: '10.0.1.10:8009' }
const open: AgentInvitation = {
  id: 'i-1',
  node: 'pg-node-1',
  address: '10.0.1.10:8009',
  createdBy: 'Mara',
  createdAt: new Date('2026-11-25T12:00:00Z'),
  expiresAt: new Date('2026-11-25T12:15:00Z'),
  endedAt: null,
  outcome: null,
  refusal: null,
  problem: null,
}

test('who comes in time, from where and as whom it was invited, is let in', () => {
  expect(whyTurnAway(waiting, open, now)).toBeNull()
})

test.each([
  ['a token that this console never made', null, waiting, 'made no such token'],
  [
    'a used token',
    { ...open, endedAt: now, outcome: 'enrolled' as const },
    waiting,
    'was used at 2026-11-25 12:05:00 UTC',
  ],
  ['a cancelled one', { ...open, endedAt: now, outcome: 'cancelled' as const }, waiting, 'was cancelled'],
  ['a replaced one', { ...open, endedAt: now, outcome: 'replaced' as const }, waiting, 'newer invitation'],
  [
    'one that ended late',
    { ...open, endedAt: now, outcome: 'expired' as const },
    waiting,
    'expired at 2026-11-25 12:15:00 UTC',
  ],
  ['one that is late', { ...open, expiresAt: now }, waiting, 'expired at 2026-11-25 12:05:00 UTC'],
  [
    'the token of another node',
    open,
    { ...waiting, node: 'pg-node-2' },
    'Mara invited pg-node-1, but this is the agent of pg-node-2',
  ],
  [
    'another address',
    open,
    { ...waiting, address: '10.0.1.66:8009' },
    'is for 10.0.1.10:8009, but the agent was found on 10.0.1.66:8009',
  ],
])('who comes with %s is turned away', (_, invitation, found, words) => {
  expect(whyTurnAway(found, invitation, now)).toContain(words)
})
