import { expect, test } from 'vitest'
import type { StepOutcome } from '../define.ts'
import { questionOf } from './question.ts'
import { returnReplica } from './rebuild.ts'
import { leadByReplica, returnLeader } from './return-lead.ts'
import { returnStage } from './testing/return-stage.ts'

test('the old leader leads again, and nobody else is started before', async () => {
  const stage = returnStage({ 'pg-node-1': 5, 'pg-node-2': 5, 'pg-node-3': 4 })
  expect(await returnLeader(stage.context)).toMatchObject({
    kind: 'done',
    detail: 'pg-node-1 leads again, on timeline 4.',
  })
  expect(stage.started).toEqual(['pg-node-1'])
})

test('where the lead had moved, whoever took it leads, and the old leader follows', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 6, 'pg-node-3': 5 })
  expect(await returnLeader(stage.context)).toMatchObject({
    kind: 'done',
    detail:
      'pg-node-2 leads again, on timeline 4. It has data of timeline 6, pg-node-1 only of timeline 4: the lead had moved in between. Patroni is started on pg-node-1 as well, to follow.',
  })
  expect(stage.started).toEqual(['pg-node-2', 'pg-node-1'])
  expect(stage.facts.restore?.returnedTo).toBe('pg-node-2')
  // Tried again it stays with whom it chose.
  expect(await returnLeader(stage.context)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-2', 'pg-node-1'])
})

test('whether to go on without a node that does not answer is asked', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-3': 4 })
  const asked = await returnLeader(stage.context, soon)
  expect(asked).toEqual({
    kind: 'failed',
    detail: expect.stringMatching(/^How far pg-node-2 has come cannot be told: .*\. Without it pg-node-1 leads\.$/),
  })
  expect(stage.started).toEqual([])
  expect(waysAfter(stage, asked)).toEqual(['retry', 'pass', 'leave'])
  passOver(stage)
  expect(await returnLeader(stage.context, soon)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-1'])
  expect(stage.lines.join(' ')).toContain('pg-node-2 is passed over, as was decided')
  expect(stage.facts.restore?.unheard).toEqual([])
  const step = `return-replica~${stage.context.operation.plan.replicas.indexOf('pg-node-2') + 1}`
  const context = { ...stage.context, binding: { ...stage.context.binding, step } }
  expect(await returnReplica(context)).toEqual({
    kind: 'done',
    detail: 'pg-node-2 is passed over: Patroni is not started there.',
  })
  expect(stage.facts.restore?.leftOut).toEqual(['pg-node-2'])
}, 15_000)

test('a node that was passed over and answers again is counted', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 5, 'pg-node-3': 4 })
  stage.facts.restore = { passedOver: ['pg-node-2'] }
  expect(await returnLeader(stage.context, soon)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-2', 'pg-node-1'])
})

test('without the old leader itself there is nothing to decide', async () => {
  const stage = returnStage({ 'pg-node-2': 4, 'pg-node-3': 4 })
  const asked = await returnLeader(stage.context, soon)
  expect(asked).toMatchObject({ kind: 'failed', detail: expect.stringMatching(/^How far pg-node-1 has come/) })
  expect(waysAfter(stage, asked)).toEqual(['retry', 'leave'])
})

test('where a replica is to lead, one that does not answer may be the furthest, and that is asked too', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-3': 4 })
  stage.facts.restore = { controlBefore: {} }
  const asked = await leadByReplica(stage.context, 20)
  expect(asked).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/^How far pg-node-2 .* Without it pg-node-3 leads with what had reached it\.$/),
  })
  expect(waysAfter(stage, asked)).toEqual(['retry', 'pass', 'leave'])
  passOver(stage)
  expect(await leadByReplica(stage.context, 20)).toMatchObject({ kind: 'done' })
  expect(stage.started).toEqual(['pg-node-3'])
})

test('where the lead had moved before anybody was stopped, who has it keeps it', async () => {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 5, 'pg-node-3': 5 })
  stage.started.push('pg-node-2')
  const moved = { kind: 'failed' as const, detail: 'pg-node-2 leads by now.' }
  const context = {
    ...stage.context,
    ended: [{ n: 5, name: 'stop-replicas', outcome: moved }],
    binding: { ...stage.context.binding, step: 'return-replica~1' },
  }
  expect(await returnReplica(context)).toEqual({ kind: 'done', detail: 'pg-node-2 leads.' })
})

const soon = { leaderMs: 20, otherMs: 20 }

type Stage = ReturnType<typeof returnStage>

/** The ways on that are offered once a step of the way back has ended so. */
function waysAfter({ context, facts }: Stage, outcome: StepOutcome): string[] {
  const cancelled = { kind: 'cancelled' as const, detail: 'Bob cancelled it.' }
  facts.restore = { ...facts.restore, times: { recover: { title: 'Recover', beganAt: new Date(), endedAt: null } } }
  const ended = [
    { n: 1, name: 'recover', outcome: cancelled },
    { n: 2, name: context.binding.step, outcome },
  ]
  return questionOf({ plan: context.operation.plan, facts, ended }, null).ways.map(({ kind }) => kind)
}

/** As the step does that asks. */
function passOver({ facts }: Stage): void {
  facts.restore = { ...facts.restore, passedOver: facts.restore?.unheard ?? [], unheard: [] }
}
