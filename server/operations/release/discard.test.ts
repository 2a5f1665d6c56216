import { expect, test } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import { madeOperation } from '#domain/testing/operation-made.ts'
import { rehearsalStage, briskPace, rehearsalId, wellAgent } from '../testing/rehearsal-stage.ts'
import { attemptName } from '../attempt-name.ts'
import { releaseKeptData } from './definition.ts'
import { discard, preflight, probe, verify } from './discard.ts'

async function stage(step: string) {
  const { context } = await rehearsalStage()
  const agents = ['pg-node-1', 'pg-node-2'].map(wellAgent)
  const kept = agents.map(({ node }) => ({ node, name: rehearsalId }))
  const plan: ReleasePlan = { ...context.operation.plan, kind: 'release-kept-data', ofOperation: rehearsalId, kept }
  const [first, second] = agents
  if (!first || !second) throw new Error('There are two agents.')
  first.calls['data-kept'] = (_, { done }) => ({
    aside: isGone(done, 'data-discard') ? [] : [{ name: rehearsalId, since: '2026-11-25T03:00:00Z' }],
    rehearsals: [],
    freeBytes: 1,
  })
  second.calls['data-kept'] = (_, { done }) => ({
    aside: [],
    rehearsals: isGone(done, 'rehearsal-discard') ? [] : [{ name: rehearsalId, hasFile: true, isRunning: false }],
    freeBytes: 1,
  })
  const of = madeOperation(context.operation.plan, null, { id: rehearsalId })
  const access = (node: string) => agents.find((agent) => agent.node === node)?.access() ?? null
  return {
    context: {
      ...context,
      operation: { ...context.operation, plan },
      cluster: {
        ...context.cluster,
        agent: access,
        operation: (id: string) => Promise.resolve(id === of.id ? of : null),
      },
      binding: { ...context.binding, step },
    },
    first,
    second,
    plan,
    of,
  }
}

function isGone(done: { verb: string }[], by: string): boolean {
  return done.some(({ verb }) => verb === by)
}

test('each node’s agent deletes what it keeps, by what it is', async () => {
  const { context, first, second, plan } = await stage('discard')
  expect(await preflight(context, briskPace)).toMatchObject({ kind: 'done', detail: '2 of 2 are still there.' })
  expect(await probe(context, briskPace)).toEqual({ kind: 'not-done' })
  expect(await discard(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'failed' })
  const other = { ...context, binding: { ...context.binding, step: 'discard~2' } }
  expect(await discard(other, briskPace)).toMatchObject({ kind: 'done' })
  expect(await probe(other, briskPace)).toMatchObject({ kind: 'done' })
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(first.done.filter(({ verb }) => verb !== 'data-kept')).toEqual([
    { verb: 'data-discard', args: { name: rehearsalId } },
  ])
  expect(second.done.filter(({ verb }) => verb !== 'data-kept')).toEqual([
    { verb: 'rehearsal-discard', args: { name: rehearsalId, keepsFile: false } },
  ])
  expect(releaseKeptData.steps(plan).map(({ name }) => name)).toEqual(['preflight', 'discard', 'discard~2', 'verify'])
})

test('what a recovery gave up may go as well, and is not taken for what a rehearsal left', async () => {
  const { context, first, of, plan } = await stage('discard')
  const name = attemptName(rehearsalId)
  first.calls['data-kept'] = () => ({
    aside: [{ name, since: '2026-11-25T03:00:00Z' }],
    rehearsals: [],
    freeBytes: 1,
  })
  plan.kept = [{ node: 'pg-node-1', name }]
  expect(await discard(context, briskPace)).toMatchObject({ kind: 'failed' })
  of.kind = 'restore'
  expect(await discard(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(first.done.filter(({ verb }) => verb !== 'data-kept')).toEqual([{ verb: 'data-discard', args: { name } }])
})

test('what is gone already is not asked for again', async () => {
  const { context, first } = await stage('discard')
  first.calls['data-kept'] = () => ({ aside: [], rehearsals: [], freeBytes: null })
  expect(await discard(context, briskPace)).toMatchObject({ kind: 'done', detail: expect.stringContaining('any more') })
  expect(first.done.map(({ verb }) => verb)).toEqual(['data-kept'])
})

const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7'

test.each<[string, (of: Operation, plan: ReleasePlan) => void, string]>([
  ['of an operation that has not ended', (of) => void (of.state = 'running'), 'has not ended yet'],
  ['of an operation that leaves nothing', (of) => void (of.kind = 'backup'), 'Only a recovery or a rehearsal'],
  ['of an operation of another cluster', (_, plan) => void (plan.ofOperation = other), 'no such operation'],
  ['under another name', (_, plan) => void plan.kept.push({ node: 'pg-node-1', name: other }), 'is not what'],
])('nothing is deleted %s, whatever the plan says', async (_, change, words) => {
  const { context, first, of, plan } = await stage('preflight')
  change(of, plan)
  expect(await preflight(context, briskPace)).toMatchObject({ kind: 'refused', detail: expect.stringContaining(words) })
  const later = { ...context, binding: { ...context.binding, step: 'discard' } }
  expect(await discard(later, briskPace)).toMatchObject({ kind: 'failed' })
  expect(first.done).toEqual([])
})
