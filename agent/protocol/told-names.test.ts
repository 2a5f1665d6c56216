import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { waitingAnswer } from './enrolment.ts'
import { statusAnswer } from './status.ts'
import { versionForm } from './told-names.ts'
import { verbs } from './verbs.ts'

const status = {
  agentId: randomUUID(),
  node: 'pg-node-1',
  version: '1.0.0-rc.1',
  startedAt: '2026-11-25T12:00:00.000Z',
  counter: 1,
  clock: 1,
  stanza: 'main',
  vetoed: Object.keys(verbs),
  running: [],
  refusals: [],
}
const nul = String.fromCodePoint(0)

test('what an agent tells may name every verb', () => {
  expect(statusAnswer.parse(status)).toEqual(status)
})

test.each([
  { node: `pg${nul}` },
  { version: `1.0${nul}` },
  { version: 'x'.repeat(41) },
  { stanza: `main${nul}` },
  { stanza: 'm'.repeat(64) },
  { vetoed: [`facts${nul}`] },
  { vetoed: Array.from({ length: 201 }, () => 'facts') },
])('a status that the store could not keep is none: %j', (change) => {
  expect(statusAnswer.safeParse({ ...status, ...change }).success).toBe(false)
})

test('nor is an enrolment from such an agent', () => {
  const invitationId = randomUUID()
  expect(waitingAnswer.safeParse({ invitationId, node: 'pg-node-1' }).success).toBe(true)
  expect(waitingAnswer.safeParse({ invitationId, node: `pg${nul}` }).success).toBe(false)
  expect(versionForm.safeParse(`1${nul}`).success).toBe(false)
})
