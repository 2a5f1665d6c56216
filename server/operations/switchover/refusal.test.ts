import { afterEach, expect, test, vi } from 'vitest'
import { withMember } from '#domain/testing/change.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { hasten } from '../testing/hasten.ts'
import { stageOf } from '../testing/step-context.ts'
import { explainRefusal } from './refusal.ts'

const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null } as const
const hidden = 'pg-node-3 refused: Switchover failed.'

afterEach(() => vi.restoreAllMocks())

test.each([
  ['pg-node-3 refused: leader name does not match.', 'Patroni refused: pg-node-3 does not lead any more.'],
  ['pg-node-3 refused: candidate does not exists.', 'Patroni refused: it knows no member pg-node-1.'],
  [
    'pg-node-3 refused: switchover is not possible: no good candidates have been found.',
    'Patroni refused: it does not reach pg-node-1, or pg-node-1 may not lead (nofailover tag, watchdog, Postgres down).',
  ],
  ['Nothing listens on 10.0.1.12:8008 (pg-node-3).', 'Nothing listens on 10.0.1.12:8008 (pg-node-3).'],
])('%j is told as %j', async (said, told) => {
  expect(await explained(said, healthy)).toBe(told)
})

test('why a leader dropped the request is told from what is seen of the candidate', async () => {
  expect(await explained(hidden, lagging)).toMatch(/did not hand over\. Probably because pg-node-1 .*behind/)
})

test('a picture of before the refusal is waited out', async () => {
  let looks = 0
  const world = () => ((looks += 1) > 4 ? lagging() : healthy())
  expect(await explained(hidden, world)).toMatch(/did not hand over\. Probably because pg-node-1 .*behind/)
})

test('where nothing is seen that would explain it, the log is named', async () => {
  hasten()
  expect(await explained(hidden, healthy)).toContain('The log of Patroni on pg-node-3')
})

function explained(said: string, world: () => World): Promise<string> {
  return explainRefusal(stageOf({ wish, world }).context, said)
}

function healthy(): World {
  return healthyWorld(new Date())
}

function lagging(): World {
  return withMember(healthy(), 'pg-node-1', { lsn: 100_000_000, replayedLsn: 100_000_000 })
}
