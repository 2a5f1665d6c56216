import { beforeEach, expect, test } from 'vitest'
import type { JobState } from '#agent/protocol/job.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { AppError } from '#server/errors.ts'
import type { AgentAccess, RunBinding } from './agent-access.ts'
import { runJob } from './agent-job.ts'
import type { StepContext } from './define.ts'
import { stageOf } from './testing/step-context.ts'

/** An agent that keeps one job a step, and says of it what the test has it say. */
class FewJobsAgent {
  begun: string[] = []
  cancelled: string[] = []
  /** Errors that it gives instead of the next answers, by verb. */
  faults: { verb: string; error: AppError; isTaken?: boolean }[] = []
  /** How the jobs stand, one answer after the other; the last one stays. */
  states: Partial<JobState>[] = [{ state: 'succeeded' }]
  lines: string[] = []
  readonly #jobs = new Set<string>()

  access(): AgentAccess {
    const ask: AgentAccess['ask'] = async (verb, args, binding) => this.#answer(verb, args, binding)
    return { node: 'pg-node-3', ask }
  }

  #answer(verb: string, args: unknown, binding: RunBinding | null): unknown {
    const fault = this.faults.find((each) => each.verb === verb)
    if (fault) this.faults.splice(this.faults.indexOf(fault), 1)
    if (fault && !fault.isTaken) throw fault.error
    if (verb === 'job-state') return this.#state(args)
    if (verb === 'job-cancel') return void this.cancelled.push(stepIn(args))
    const step = binding?.step ?? ''
    if (!this.#jobs.has(step)) this.begun.push(step)
    this.#jobs.add(step)
    if (fault) throw fault.error
    return this.#state({ step, from: 0 })
  }

  #state(args: unknown): unknown {
    const step = stepIn(args)
    if (!this.#jobs.has(step)) throw new AppError('not-found', 'There is no such job.')
    const { from } = { from: 0, ...(typeof args === 'object' ? args : {}) }
    const state = (this.states.length > 1 ? this.states.shift() : this.states[0]) ?? {}
    const blank = { verb: 'patroni-stop', startedAt: null, endedAt: null, exitCode: null, signal: null, result: null }
    const output = { from, lines: this.lines.slice(from), total: this.lines.length }
    return { operation: 'o', step, ...blank, problem: null, state: 'running', output, ...state }
  }
}

function stepIn(args: unknown): string {
  return typeof args === 'object' && args !== null && 'step' in args ? String(args.step) : ''
}

const pace = { pollMs: 5, silentMs: 60 }
const silence = () => new AppError('timeout', 'The agent did not answer.')
let agent: FewJobsAgent

beforeEach(() => {
  agent = new FewJobsAgent()
})

function stage(more: Partial<StepContext> = {}) {
  const made = stageOf({
    wish: { kind: 'switchover', candidate: null, scheduledAt: null },
    world: () => healthyWorld(new Date()),
  })
  const context = {
    ...made.context,
    cluster: { ...made.context.cluster, agent: () => agent.access() },
    binding: { operation: 'o', step: 'stop~2', epoch: 1, planHash: 'h' },
    ...more,
  }
  return { ...made, context }
}

const wish = { node: 'pg-node-3', verb: 'patroni-stop', args: {} } as const

test('a job is followed to its end, and its lines are told once', async () => {
  agent.lines = ['one', 'two']
  agent.states = [{}, {}, { state: 'succeeded', result: { a: 1 } }]
  const { context, lines } = stage()
  expect(await runJob(context, wish, pace)).toMatchObject({ kind: 'succeeded', job: { result: { a: 1 } } })
  expect(lines).toEqual(['one', 'two'])
})

test('its name is one that agents take, and parts of a step are jobs of their own', async () => {
  const { context } = stage()
  await runJob(context, { ...wish, part: 'mask' }, pace)
  await runJob(context, { ...wish, part: 'stop' }, pace)
  expect(agent.begun).toEqual(['stop.2:mask', 'stop.2:stop'])
})

test('where nobody can say whether the request arrived, it is asked again, and the job is done once', async () => {
  agent.faults = [
    { verb: 'patroni-stop', error: silence(), isTaken: true },
    { verb: 'patroni-stop', error: silence() },
  ]
  const { context, lines } = stage()
  expect((await runJob(context, wish, pace)).kind).toBe('succeeded')
  expect(agent.begun).toEqual(['stop.2'])
  expect(lines).toEqual(['the agent on pg-node-3 does not answer; waiting for it. The agent did not answer.'])
})

test('a run that takes over attaches to the job of before', async () => {
  const { context } = stage()
  await runJob(context, wish, pace)
  agent.states = [{ state: 'succeeded', result: 'of before' }]
  expect(await runJob(stage().context, wish, pace)).toMatchObject({ job: { result: 'of before' } })
  expect(agent.begun).toHaveLength(1)
})

test('a refusal ends it, in the agent’s words', async () => {
  agent.faults = [{ verb: 'patroni-stop', error: new AppError('conflict', 'It is busy.') }]
  expect(await runJob(stage().context, wish, pace)).toEqual({
    kind: 'failed',
    detail: 'The agent on pg-node-3 refused: It is busy.',
  })
})

test('an agent that is silent for long leaves it open how the job stands', async () => {
  agent.faults = Array.from({ length: 500 }, () => ({ verb: 'job-state', error: silence() }))
  const end = await runJob(stage().context, wish, pace)
  expect(end).toMatchObject({ kind: 'failed' })
  expect('detail' in end && end.detail).toMatch(/nobody can say how its job "patroni-stop" stands/)
})

test('an agent that answers again in time is waited for', async () => {
  agent.faults = Array.from({ length: 3 }, () => ({ verb: 'job-state', error: silence() }))
  expect((await runJob(stage().context, wish, pace)).kind).toBe('succeeded')
})

test('a wish to cancel ends a job that can be ended, and no other', async () => {
  agent.states = [{}, {}, {}, { state: 'cancelled' }]
  const cancelAskedBy = () => Promise.resolve('Bob')
  const { context } = stage({ cancelAskedBy })
  expect(await runJob(context, { ...wish, isCancellable: true }, pace)).toMatchObject({ kind: 'cancelled' })
  expect(agent.cancelled).toEqual(['stop.2'])
  agent = new FewJobsAgent()
  agent.states = [{}, {}, { state: 'succeeded' }]
  expect((await runJob(stage({ cancelAskedBy }).context, wish, pace)).kind).toBe('succeeded')
  expect(agent.cancelled).toEqual([])
})

test('a job that failed tells why, and one that nobody saw end says so', async () => {
  agent.states = [{ state: 'failed', problem: 'The disk is full.' }]
  expect(await runJob(stage().context, wish, pace)).toEqual({ kind: 'failed', detail: 'The disk is full.' })
  agent.states = [{ state: 'lost' }]
  const end = await runJob(stage().context, wish, pace)
  expect('detail' in end && end.detail).toMatch(/Nobody saw how "patroni-stop" ended on pg-node-3/)
})
