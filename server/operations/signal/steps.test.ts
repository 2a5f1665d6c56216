import { expect, test } from 'vitest'
import type { SignalAct, SignalPlan } from '#domain/plan/signal-plan.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { FoundSession, PostgresSessions } from '#server/adapters/postgres/sessions.ts'
import { rehearsalStage } from '../testing/rehearsal-stage.ts'
import type { SignalContext } from './context.ts'
import { preflight } from './preflight.ts'
import { probe, send } from './send.ts'
import { verify } from './verify.ts'

const running: FoundSession = {
  user: 'shop',
  database: 'app',
  application: 'checkout',
  state: 'active',
  backendType: 'client backend',
  queryStart: '2026-11-26 06:00:00.123456+00',
  isSuperuser: false,
  maySignal: true,
}

/** A Postgres with one session; `send` is what comes of a signal, and of the session by it. */
async function stage(
  given: { found?: Partial<FoundSession> | null; act?: SignalAct; send?: () => boolean | null | Error } = {},
) {
  const { context: base, facts } = await rehearsalStage()
  const world: { found: FoundSession | null; sent: number } = {
    found: given.found === null ? null : { ...running, ...given.found },
    sent: 0,
  }
  const sessions: PostgresSessions = {
    user: 'matriarch',
    find: () => Promise.resolve(world.found),
    send() {
      world.sent += 1
      const end = given.send ? given.send() : true
      return end instanceof Error ? Promise.reject(end) : Promise.resolve(end)
    },
    close: () => {},
  }
  const plan: SignalPlan = {
    ...base.operation.plan,
    kind: 'signal-backend',
    act: given.act ?? 'terminate',
    member: 'pg-node-2',
    pid: 4_711,
    backendStart: new Date('2026-11-26T05:00:00.123Z'),
    aim: 'pid 4711 on pg-node-2',
    session: null,
    confirm: null,
  }
  const cluster = { ...base.cluster, sessions: () => Promise.resolve(sessions) }
  const context: SignalContext = { ...base, operation: { ...base.operation, plan }, cluster }
  return { context, world, facts }
}

test('a signal is sent once, to the session that was looked at', async () => {
  const { context, world, facts } = await stage()
  expect(await preflight(context)).toMatchObject({ kind: 'done', detail: expect.stringContaining('shop in app') })
  expect(facts.queryStart).toBe(running.queryStart)
  expect(await probe(context)).toEqual({ kind: 'not-done' })
  expect(await send(context)).toMatchObject({ kind: 'done' })
  world.found = null
  expect(await verify(context)).toMatchObject({ kind: 'done' })
  expect(world.sent).toBe(1)
})

test.each<[string, Partial<FoundSession> | null, SignalAct, string]>([
  ['that has ended', null, 'terminate', 'has ended by itself'],
  ['that runs nothing', { state: 'idle in transaction' }, 'cancel', 'terminate it'],
  ['of Postgres itself', { backendType: 'walsender' }, 'terminate', 'walsender'],
  ['of a superuser', { isSuperuser: true, maySignal: false }, 'terminate', 'only a superuser'],
  ['of others', { maySignal: false }, 'terminate', 'GRANT pg_signal_backend TO "matriarch"'],
  ['that does not show', { backendType: '', maySignal: false }, 'terminate', 'GRANT pg_monitor'],
])('a session %s is left alone', async (_, found, act, words) => {
  const { context } = await stage({ found, act })
  expect(await preflight(context)).toMatchObject({ kind: 'refused', detail: expect.stringContaining(words) })
})

test('after a lost answer it looks, and sends nothing again', async () => {
  const { context, world } = await stage({
    send() {
      world.found = null
      return new LookError('timeout', 'Postgres did not answer.')
    },
  })
  expect(await send(context)).toMatchObject({ kind: 'done', detail: expect.stringContaining('did not say so') })
  expect(world.sent).toBe(1)
})

test('a statement that came after the one that was meant is none of its business', async () => {
  const { context, world } = await stage({ act: 'cancel' })
  await preflight(context)
  await send(context)
  world.found = { ...running, queryStart: '2026-11-26 06:00:01+00' }
  expect(await probe(context)).toMatchObject({ kind: 'done' })
  expect(await verify(context)).toMatchObject({ kind: 'done' })
})

test('whoever takes over sends again what is not over, and is not misled by its own success', async () => {
  const { context } = await stage({ send: () => null })
  await preflight(context)
  await context.remember({ sends: 1 })
  expect(await probe(context)).toEqual({ kind: 'not-done' })
  expect(await send(context)).toMatchObject({ kind: 'done', detail: expect.stringContaining('had ended by then') })
})

test('a session that does not break off is told so', async () => {
  const { context } = await stage()
  expect(await verify(context, 20)).toMatchObject({ kind: 'failed', detail: expect.stringContaining('is still there') })
})

test('a Postgres that said no has done nothing', async () => {
  const { context } = await stage({
    send: () => new LookError('unauthorized', 'Grant it.', { mayHaveArrived: false }),
  })
  expect(await send(context)).toEqual({ kind: 'refused', detail: 'Grant it.' })
})
