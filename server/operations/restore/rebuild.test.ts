import { expect, test } from 'vitest'
import type { StepOutcome } from '../define.ts'
import { questionOf } from './question.ts'
import { rebuildReplica, returnReplica } from './rebuild.ts'
import { returnStage } from './testing/return-stage.ts'

test('a replica whose copy fails again and again ends at a question, and not after days', async () => {
  const stage = failingStage('rebuild-replica~1')
  const outcome = await rebuildReplica(stage.context)
  expect(outcome).toEqual({ kind: 'failed', detail: expect.stringContaining(inVain) })
  expect(stage.lines.join(' ')).toContain('pg-node-2 is copied for the third time')
  stage.facts.restore = { ...stage.facts.restore, isPublished: true, touchedAt: new Date() }
  const asked = askedAfter(stage, outcome)
  expect(asked.ways.map(({ kind }) => kind)).toEqual(['retry', 'pass', 'leave'])
  expect(asked.ways[1]).toMatchObject({
    title: 'Go on without pg-node-2',
    sentence: expect.stringContaining('pg-node-2 is not built anew, and what follows is done without it.'),
  })
  expect(asked.sentence).toContain(inVain)
  // Patroni runs there by now.
  expect(asked.sentence).not.toMatch(/Patroni (is stopped|runs) and (is )?masked on [^.]*pg-node-2/)
})

test('a replica that a person goes on without is left as it is, though it answers', async () => {
  const stage = failingStage('rebuild-replica~1~2')
  stage.facts.restore = { leftOut: ['pg-node-2'], passedOver: ['pg-node-2'] }
  const outcome = await rebuildReplica(stage.context)
  expect(outcome).toEqual({ kind: 'done', detail: 'pg-node-2 is passed over: it is not built anew.' })
  expect(stage.agents.flatMap(({ done }) => done)).toEqual([])
  expect(stage.facts.restore?.leftOut).toEqual(['pg-node-2'])
})

test('one that was passed over before, when it did not answer, is built anew where it answers by now', async () => {
  const stage = failingStage('rebuild-replica~1')
  stage.facts.restore = { passedOver: ['pg-node-2'] }
  expect(await rebuildReplica(stage.context)).toMatchObject({ kind: 'failed' })
  expect(stage.started).toEqual(['pg-node-2'])
  expect(stage.facts.restore?.unheard).toEqual(['pg-node-2'])
})

test('so does one that follows anew on the way back', async () => {
  const stage = failingStage('return-replica~1')
  stage.facts.restore = { returnedTo: 'pg-node-1' }
  expect(await returnReplica(stage.context)).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining(inVain),
  })
})

const inVain = "pg-node-2 was copied 3 times in vain, and Patroni begins once more: see Patroni's log on pg-node-2."

/** Patroni copies, fails and begins anew, for ever. */
function failingStage(step: string) {
  const stage = returnStage({ 'pg-node-1': 4, 'pg-node-2': 4 })
  const { cluster, binding } = stage.context
  const real = cluster.patroni
  let looks = 0
  const failing: typeof real.status = async (url, signal) => {
    const leading = { ...(await real.status(url, signal)), replication: [] }
    if (!url.includes('pg-node-2')) return leading
    looks += 1
    return { ...leading, state: looks % 2 === 0 ? 'stopped' : 'creating replica' }
  }
  const patroni = { ...real, status: failing }
  return { ...stage, context: { ...stage.context, cluster: { ...cluster, patroni }, binding: { ...binding, step } } }
}

function askedAfter({ context, facts }: ReturnType<typeof failingStage>, outcome: StepOutcome) {
  const committed = { step: 1, way: 'commit' as const, target: null, reason: 'it is', by: 'Ada', at: new Date() }
  facts.restore = { ...facts.restore, decisions: { decide: { ...committed, goesOn: false } } }
  const ended = [
    { n: 1, name: 'decide', outcome: { kind: 'done' as const, detail: 'It is.' } },
    { n: 2, name: context.binding.step, outcome },
  ]
  return questionOf({ plan: context.operation.plan, facts, ended }, null)
}
