import { expect, test } from 'vitest'
import type { RecoveryStatus } from '#agent/protocol/results.ts'
import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import { promote } from './promote.ts'
import { movedSince } from './stands-as-seen.ts'
import { returnStage } from './testing/return-stage.ts'

test('a recovery that stands where it was looked at is promoted', async () => {
  const stage = standing([paused])
  expect(await promote(stage.context)).toMatchObject({ kind: 'done', detail: expect.stringContaining('on timeline 5') })
  expect(stage.begun()).toEqual(['postgres-promote'])
})

test('one whose node was started anew is started again and promoted where it comes to the same place', async () => {
  const stage = standing([stopped, paused])
  expect(await promote(stage.context)).toMatchObject({ kind: 'done' })
  expect(stage.begun()).toEqual(['postgres-recover-start', 'postgres-promote'])
  expect(stage.facts.restore).toMatchObject({ isPromoted: true, newTimeline: 5 })
})

test('one that stands and does not answer yet is asked until it does', async () => {
  const stage = standing([stopped, { ...paused, replayedLsn: null, isAnswering: false }, paused])
  expect(await promote(stage.context)).toMatchObject({ kind: 'done' })
  expect(stage.begun()).toEqual(['postgres-recover-start', 'postgres-promote'])
})

test('one that comes to another place is not promoted, and may be moved', async () => {
  const stage = standing([stopped, { ...paused, replayedLsn: '0/4000000' }])
  expect(await promote(stage.context)).toEqual({
    kind: 'failed',
    detail:
      'Nothing is promoted on pg-node-1, as that is not what was looked at. It stands at 0/4000000, and what was looked at stood at 0/3000148.',
  })
  expect(stage.begun()).toEqual(['postgres-recover-start'])
  expect(stage.facts.restore?.isPromoted).toBeUndefined()
})

test('one that has ended by itself at the end of the archive is found promoted', async () => {
  const stage = standing([{ ...paused, state: 'promoted', stoppedAt: null }])
  expect(await promote(stage.context)).toMatchObject({ kind: 'done' })
  expect(stage.begun()).toEqual(['postgres-promote'])
})

test('the same place is told by the WAL, and by the transaction where the log tells it', () => {
  const seen = { xid: '731', replayedLsn: '0/3000148' }
  expect(movedSince(seen, paused)).toBeNull()
  expect(movedSince({ ...seen, xid: null }, paused)).toBeNull()
  expect(movedSince({ ...seen, xid: '730' }, paused)).toContain('transaction 731')
  expect(movedSince({ ...seen, replayedLsn: '0/3000100' }, paused)).toContain('0/3000100')
  expect(movedSince(seen, { ...paused, replayedLsn: null })).toBeNull()
  expect(movedSince({ ...seen, xid: null }, { ...paused, replayedLsn: null })).toContain('Neither')
  expect(movedSince(null, paused)).toContain('Nobody has seen')
})

const paused: RecoveryStatus = {
  state: 'paused',
  pid: 4711,
  stoppedAt: { how: 'before commit', xid: '731', time: '2026-11-25 15:16:35.885054+00' },
  lastCompletedAt: '2026-11-25 15:16:34.1+00',
  newTimeline: null,
  failure: null,
  replayedLsn: '0/3000148',
  replayedAt: null,
  isAnswering: true,
}
const stopped: RecoveryStatus = { ...paused, state: 'stopped', pid: null, isAnswering: false, replayedLsn: null }

/** A recovery that was looked at; its node answers with each status in turn, and then with the last. */
function standing(statuses: RecoveryStatus[]) {
  const stage = returnStage({ 'pg-node-1': 4 })
  const [agent] = stage.agents
  if (agent === undefined) throw new Error('There is no agent.')
  const left = [...statuses]
  agent.calls['postgres-recovery-status'] = () => (left.length > 1 ? left.shift() : left[0])
  agent.runs['postgres-promote'] = () => ({ state: 'succeeded', result: { ...paused, newTimeline: 5 } })
  agent.runs['postgres-recover-start'] = () => ({ state: 'succeeded', result: paused })
  const attempt: RecoveryAttempt = {
    targetWords: '15:16:35',
    stoppedHow: 'before commit',
    xid: '731',
    time: null,
    lastCompletedAt: null,
    replayedLsn: '0/3000148',
    check: null,
    tables: [],
    isOnTarget: true,
  }
  stage.facts.restore = { attempts: { inspect: attempt } }
  const done = { kind: 'done' as const, detail: 'It is.' }
  const context = {
    ...stage.context,
    ended: ['recover', 'inspect', 'decide'].map((name, at) => ({ n: at + 1, name, outcome: done })),
    binding: { ...stage.context.binding, step: 'promote' },
  }
  const isJob = ({ verb }: { verb: string }) => verb !== 'postgres-recovery-status'
  return { ...stage, context, begun: () => agent.done.filter(isJob).map(({ verb }) => verb) }
}
