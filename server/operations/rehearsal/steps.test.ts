import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import type { Course } from '../define.ts'
import {
  briskPace,
  listedWal,
  recovered,
  rehearsalId,
  rehearsalPlan,
  rehearsalStage,
} from '../testing/rehearsal-stage.ts'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { rehearsal } from './definition.ts'
import { archive } from './archive.ts'
import { callOff, destroy } from './destroy.ts'
import { inspect } from './inspect.ts'
import { amcheck, extract } from './look-closer.ts'
import { onward } from './onward.ts'
import { preflight } from './preflight.ts'
import { recover, restore } from './recover.ts'
import { report, resultOf, succeededSentence } from './result.ts'
import { effect } from './timed.ts'

type Ended = Course<RehearsalPlan>['ended']
const plan = rehearsalPlan('7')
const done = (...names: string[]): Ended =>
  names.map((name, index) => ({ n: index + 1, name, outcome: { kind: 'done', detail: '' } }))
const after = (ended: Ended, name: string, kind: 'failed' | 'cancelled' | 'refused', detail = ''): Ended => [
  ...ended,
  { n: ended.length + 1, name, outcome: { kind, detail } },
]
const next = (ended: Ended) => onward({ plan, facts: {}, ended })?.map(({ name }) => name) ?? null

test('a rehearsal that goes well proves how long a recovery takes, and leaves only the file', async () => {
  const check = 'select count(*) from sales.orders'
  const wanted = { database: 'shop', schema: 'sales', table: 'orders' }
  const { context, agent, facts, lines } = await rehearsalStage({
    plan: { check, extract: wanted, verifiesPages: true },
  })
  expect(await preflight(context, briskPace)).toMatchObject({ kind: 'done' })
  const acts = { restore, recover, inspect, amcheck, extract }
  for (const [step, act] of Object.entries(acts)) {
    const at = { ...context, binding: { ...context.binding, step } }
    expect(await effect((one) => act(one, briskPace)).run(at)).toMatchObject({ kind: 'done' })
  }
  const at = { ...context, binding: { ...context.binding, step: 'destroy' } }
  expect(await destroy(at, briskPace)).toMatchObject({ kind: 'done', detail: expect.stringContaining('but the file') })
  expect(await report(context)).toMatchObject({ kind: 'done' })
  expect(lines).toContain('46 % restored')
  expect(lines).not.toContain('noise')
  expect(agent.done.at(-1)).toEqual({ verb: 'rehearsal-discard', args: { name: rehearsalId, keepsFile: true } })
  expect(agent.done.find(({ verb }) => verb === 'rehearsal-restore')?.args).toMatchObject({
    name: rehearsalId,
    target: { type: 'time', value: '2026-11-25 03:30:00.000+00' },
    timeline: 1,
  })
  expect(agent.done.find(({ verb }) => verb === 'postgres-query')?.args).toEqual({
    database: 'shop',
    query: check,
    rehearsal: rehearsalId,
  })
  const result = resultOf(facts, context.operation.plan)
  expect(result).toMatchObject({
    isGood: true,
    fault: null,
    restoredBytes: 24_117_248,
    check: { rows: [['7']] },
    pages: { relations: 557 },
    extract: { node: 'pg-node-2', name: rehearsalId, bytes: 1_972 },
    attempt: { isOnTarget: true, xid: '732' },
  })
  expect(result?.recoveryMs).toEqual(expect.any(Number))
  expect(result?.phases.map(({ name }) => name)).toHaveLength(5)
  expect(succeededSentence(facts, context.operation.plan)).toContain('can be recovered to 2026-11-25')
})

test('the report tells its phases in the order of time, whatever the store makes of it', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 2, 7, second))
  const time = (title: string, from: number) => ({ title, beganAt: at(from), endedAt: at(from + 1) })
  const times = { report: time('Judge', 9), destroy: time('Delete', 7), restore: time('Restore', 3) }
  const result = resultOf({ rehearsal: { isBegun: true, times } }, plan)
  expect(result?.phases.map(({ name }) => name)).toEqual(['Restore', 'Delete', 'Judge'])
})

test.each([
  ['no room', { aside: [], rehearsals: [], freeBytes: 5 }, /needs about/],
  [
    'another that runs',
    { aside: [], rehearsals: [{ name: 'x', hasFile: false, isRunning: true }], freeBytes: null },
    /still runs/,
  ],
])('nothing is begun where there is %s', async (_, kept, says) => {
  const { context, agent } = await rehearsalStage()
  agent.calls['data-kept'] = () => kept
  expect(await preflight(context, briskPace)).toMatchObject({ kind: 'refused', detail: expect.stringMatching(says) })
})

test('nothing is begun of a backup that has expired, or of other data', async () => {
  const { context } = await rehearsalStage({ plan: { set: '20261101-030000F' } })
  expect(await preflight(context, briskPace)).toMatchObject({ detail: expect.stringContaining('has expired') })
  const { context: other } = await rehearsalStage({ plan: { systemIdentifier: '1' } })
  expect(await preflight(other, briskPace)).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining('not the same data'),
  })
})

test('the leader archives what the rehearsal needs, and it is waited for until it is there', async () => {
  const { context, agent, leader } = await rehearsalStage({ step: 'archive' })
  const arriving = ['000000010000000000000006', '000000010000000000000007']
  agent.calls['pgbackrest-repo-ls'] = () => listedWal(arriving.shift() ?? '')
  expect(await effect((one) => archive(one, briskPace)).run(context)).toEqual({
    kind: 'done',
    detail: 'Everything up to WAL segment 000000010000000000000007 of pg-node-3 is in repository 1.',
  })
  expect(leader.done).toEqual([{ verb: 'postgres-mark-wal', args: {} }])
  expect(agent.done.at(-1)).toEqual({
    verb: 'pgbackrest-repo-ls',
    args: { stanza: 'main', repository: 1, archiveId: '15-1', folder: '0000000100000000' },
  })
})

test('called off while WAL is waited for, nothing was restored and nothing follows', async () => {
  const { context, agent } = await rehearsalStage({ step: 'archive', cancelAskedBy: 'Ada' })
  agent.calls['pgbackrest-repo-ls'] = () => listedWal('000000010000000000000006')
  expect(await archive(context, briskPace)).toMatchObject({ kind: 'cancelled' })
  expect(next(after(done('preflight'), 'archive', 'cancelled'))).toBeNull()
})

test('whoever leads by now is not asked in the place of the one that the plan names', async () => {
  const { context, leader } = await rehearsalStage({ plan: { leader: 'pg-node-1' }, step: 'archive' })
  expect(await archive(context, briskPace)).toMatchObject({
    kind: 'refused',
    detail: expect.stringMatching(/leads by now/),
  })
  expect(leader.done).toEqual([])
})

test('recovery that went past its target is no proof', async () => {
  const { context, agent, facts } = await rehearsalStage({ step: 'inspect', facts: { rehearsal: { isBegun: true } } })
  agent.calls['rehearsal-status'] = () => ({ ...recovered, stoppedAt: null })
  expect(await effect((one) => inspect(one, briskPace)).run(context)).toMatchObject({ kind: 'failed' })
  expect(await report(context)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('did not stop at') })
  expect(resultOf(facts, context.operation.plan)).toMatchObject({
    isGood: false,
    attempt: { isOnTarget: false },
    recoveryMs: null,
  })
})

test('a check without an answer and damaged pages make it no good one, and the rest is done all the same', async () => {
  const { context, agent, facts } = await rehearsalStage({
    plan: { check: 'select 1' },
    facts: { rehearsal: { isBegun: true } },
  })
  agent.faults = [{ verb: 'postgres-query', error: new AppError('refused', 'No check_user there.') }]
  agent.runs['rehearsal-amcheck'] = () => ({
    state: 'succeeded',
    result: { relations: 5, faults: ['heap bad'], problem: null },
  })
  expect(await inspect(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(await amcheck(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(resultOf(facts, context.operation.plan)).toMatchObject({
    isGood: false,
    fault: 'The check query has no answer: No check_user there. amcheck found 1 fault, the first one: heap bad',
  })
})

test('a restore that fails is told, and cleared up after', async () => {
  const { context, agent, facts } = await rehearsalStage()
  agent.runs['rehearsal-restore'] = () => ({ state: 'failed', problem: 'No space left.' })
  expect(await effect((one) => restore(one, briskPace)).run(context)).toEqual({
    kind: 'failed',
    detail: 'No space left.',
  })
  expect(facts.rehearsal).toMatchObject({ isBegun: true, faults: ['No space left.'] })
  expect(next(after(done('preflight'), 'restore', 'failed'))).toEqual(['destroy~2', 'report~2'])
  expect(await report(context)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('No space left.') })
})

test('called off it ends the job, clears up and ends as cancelled', async () => {
  const { context, agent } = await rehearsalStage({ cancelAskedBy: 'Ada' })
  agent.runs['rehearsal-restore'] = () => ({ state: 'succeeded', ms: 60_000 })
  expect(await restore(context, briskPace)).toMatchObject({ kind: 'cancelled' })
  expect(next(after(done('preflight'), 'restore', 'cancelled'))).toEqual(['destroy~2', 'call-off~2'])
  expect(await callOff(context, briskPace)).toMatchObject({ kind: 'cancelled' })
  agent.calls['data-kept'] = () => ({
    aside: [],
    rehearsals: [{ name: rehearsalId, hasFile: false, isRunning: false }],
    freeBytes: 1,
  })
  expect(await callOff(context, briskPace)).toMatchObject({ kind: 'failed' })
})

test('what follows an end depends on what was begun', () => {
  const unsent = 'Ada cancelled it before anything was sent.'
  expect(next(after([], 'preflight', 'refused'))).toBeNull()
  expect(next(after(done('preflight'), 'restore', 'cancelled', unsent))).toBeNull()
  expect(next(done('preflight', 'restore', 'recover', 'inspect', 'destroy', 'report'))).toBeNull()
  expect(next(after(done('preflight', 'restore'), 'recover', 'cancelled', unsent))).toEqual(['destroy~2', 'call-off~2'])
  // The planned one was called off before it began.
  expect(next(after(done('preflight', 'restore', 'recover', 'inspect'), 'destroy', 'cancelled', unsent))).toEqual([
    'destroy~2',
    'call-off~2',
  ])
  const cleared = [...after(done('preflight'), 'restore', 'failed'), ...done('destroy~2')]
  expect(next(after(cleared, 'report~2', 'failed'))).toBeNull()
  const once = after(done('preflight', 'restore', 'recover', 'inspect'), 'destroy', 'failed')
  expect(next(once)).toEqual(['destroy~3', 'report~3'])
  expect(next(after(once, 'destroy~3', 'failed'))).toBeNull()
})

test('steps are as many as were asked for, and each has an act', () => {
  const names = rehearsal.steps({ ...plan, verifiesPages: true }).map(({ name }) => name)
  expect(names).toEqual(['preflight', 'restore', 'recover', 'inspect', 'amcheck', 'destroy', 'report'])
  expect(names.every((name) => name in rehearsal.acts)).toBe(true)
  const [first, second] = rehearsal.steps({ ...plan, archivesFirst: true })
  expect([first, second]).toMatchObject([
    { name: 'preflight' },
    { name: 'archive', title: expect.stringMatching(/^Have pg-node-3 archive/) },
  ])
})
