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
  expect(askedAfter(stage, outcome).ways.map(({ kind }) => kind)).toEqual(['retry', 'leave'])
  expect(askedAfter(stage, outcome).sentence).toContain(inVain)
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
