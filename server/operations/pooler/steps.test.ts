import { expect, test } from 'vitest'
import { pausedLine, rescuedLine } from '#agent/protocol/pooler.ts'
import type { PoolerPausePlan } from '#domain/plan/pooler-plan.ts'
import { rehearsalStage } from '../testing/rehearsal-stage.ts'
import { ScriptedAgent, type ScriptedRun } from '../testing/scripted-agent.ts'
import { command } from './command.ts'
import { hold } from './hold.ts'
import { pause } from './pause.ts'

const times = { pausedAt: '2026-11-26T06:00:01Z', resumedAt: '2026-11-26T06:00:31Z' }

async function stage(runs: ScriptedRun[], cancelAskedBy?: string) {
  const { context: base, lines } = await rehearsalStage(cancelAskedBy === undefined ? {} : { cancelAskedBy })
  const agents = runs.map((run, n) => {
    const agent = new ScriptedAgent(`pg-node-${n + 1}`)
    agent.runs = { 'pooler-pause': () => run, 'pooler-command': () => run }
    return agent
  })
  const plan: PoolerPausePlan = {
    ...base.operation.plan,
    kind: 'pooler-pause',
    act: 'pause',
    nodes: agents.map(({ node }) => node),
    database: null,
    aim: 'all databases',
    confirm: null,
    drainMs: 500,
    limitMs: 5_000,
  }
  const cluster = {
    ...base.cluster,
    agent: (node: string) => agents.find((agent) => agent.node === node)?.access() ?? null,
  }
  const context = { ...base, operation: { ...base.operation, plan }, cluster }
  return { context: { ...context, binding: { ...base.binding, step: 'pause' } }, agents, lines }
}

const held = (why: 'limit' | 'resumed', ms: number): ScriptedRun => ({
  state: 'succeeded',
  result: { ...times, why },
  lines: [`${pausedLine}everything`],
  ms,
})

test('all hold clients back, and each tells what ended it', async () => {
  const { context, agents, lines } = await stage([held('limit', 60), held('resumed', 60)])
  expect(await pause(context, 5)).toMatchObject({ kind: 'done' })
  expect(await hold({ ...context, binding: { ...context.binding, step: 'hold' } }, 5)).toMatchObject({
    kind: 'done',
    detail: 'pg-node-1 was resumed at the limit; pg-node-2 was resumed by somebody.',
  })
  expect(lines).toContain('pg-node-1 is paused')
  // Whoever takes over attaches to the jobs of before.
  expect(await pause(context, 5)).toMatchObject({ kind: 'done' })
  expect(agents.map(({ done }) => done.filter(({ verb }) => verb === 'pooler-pause').length)).toEqual([1, 1])
})

test('where one does not come to rest, none stays paused', async () => {
  const problem = 'pgBouncer on pg-node-2 did not come to rest within 0.5 s: 3 of orders/app at work.'
  const { context } = await stage([held('limit', 60_000), { state: 'failed', problem, ms: 5 }])
  expect(await pause(context, 5)).toEqual({ kind: 'failed', detail: `pg-node-2: ${problem} Nothing is paused.` })
})

test('a pause that was killed is over once its agent has resumed, and not known before', async () => {
  const problem = 'What ran this job was killed before the job ended.'
  const killed: ScriptedRun = { state: 'lost', problem, lines: [`${pausedLine}everything`], ms: 40 }
  const rescued = { ...killed, lines: [`${pausedLine}everything`, `${rescuedLine}it was killed.`] }
  const { context } = await stage([held('limit', 60), rescued])
  expect(await pause(context, 5)).toMatchObject({ kind: 'done' })
  expect(await hold(context, 5)).toMatchObject({
    kind: 'done',
    detail: expect.stringContaining('pg-node-2 was resumed by its agent'),
  })
  const { context: unsure } = await stage([held('limit', 60), killed])
  expect(await pause(unsure, 5)).toMatchObject({ kind: 'done' })
  const late = { ...unsure, operation: { ...unsure.operation, plan: { ...unsure.operation.plan, limitMs: -60_000 } } }
  expect(await hold(late, 50)).toMatchObject({ kind: 'unknown' })
})

test('whoever cancels lets clients go on', async () => {
  const { context } = await stage([held('limit', 60_000)], 'Ada')
  expect(await pause(context, 5)).toMatchObject({ kind: 'done' })
  expect(await hold(context, 5)).toMatchObject({ kind: 'cancelled', detail: expect.stringContaining('Ada') })
})

test('what one node did stays done where another cannot', async () => {
  const { context } = await stage([{ state: 'succeeded' }, { state: 'failed', problem: 'No.' }])
  const { plan } = context.operation
  const operation = { ...context.operation, plan: { ...plan, kind: 'pooler-command', act: 'reload' } as const }
  expect(await command({ ...context, operation, binding: { ...context.binding, step: 'command' } })).toMatchObject({
    kind: 'failed',
    detail: 'No. On the others it is done.',
  })
})
