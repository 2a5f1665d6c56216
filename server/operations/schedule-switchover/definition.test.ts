import { afterEach, expect, test, vi } from 'vitest'
import { afterTakeover } from '#domain/testing/change.ts'
import { healthyWorld, secondsBefore } from '#domain/testing/world.ts'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { hasten } from '../testing/hasten.ts'
import { stageOf } from '../testing/step-context.ts'
import { scheduleSwitchover } from './definition.ts'

afterEach(() => vi.restoreAllMocks())

const inAnHour = new Date(Date.now() + 3_600_000)
const tenSecondsAgo = new Date(Date.now() - 10_000)
const wish = (scheduledAt: Date) => ({ kind: 'schedule-switchover', candidate: 'pg-node-1', scheduledAt }) as const
const ran = () => afterTakeover(healthyWorld(new Date()), 5)

test('a schedule whose time came while no worker looked is told as one that ran', async () => {
  const stage = stageOf({ wish: wish(tenSecondsAgo), world: ran, facts: { sends: 1 } })
  expect(await probeOf(stage.context)).toEqual({ kind: 'done', detail: 'Its time has come already: pg-node-1 leads.' })
  expect(await run('verify', stage.context)).toMatchObject({ kind: 'done' })
  expect(scheduleSwitchover.succeeded(stage.facts, stage.context.operation.plan).outcome).toMatch(
    /^The switchover scheduled for .* has run: pg-node-1 leads\.$/,
  )
})

test('a schedule that is not to be seen after its worker died is not set again', async () => {
  hasten()
  let requests = 0
  await using server = await serveHttp((_, response) => void response.writeHead(202).end(String(requests++)))
  const world = () => healthyWorld(new Date())
  const urls = { 'pg-node-3': server.url }
  const stage = stageOf({ wish: wish(inAnHour), world, facts: { sends: 1 }, urls })
  expect(await probeOf(stage.context)).toMatchObject({
    kind: 'unknown',
    detail: expect.stringContaining('It was not sent again'),
  })
  expect(requests).toBe(0)
})

test('a schedule that stands is not sent again either', async () => {
  const world = () => ({
    ...healthyWorld(new Date()),
    scheduledSwitchover: { at: inAnHour, from: 'pg-node-3', to: 'pg-node-1' },
  })
  const stage = stageOf({ wish: wish(inAnHour), world, facts: { sends: 1 } })
  expect(await probeOf(stage.context)).toEqual({ kind: 'done', detail: 'Patroni has it.' })
})

test('another leader before the time came means that Patroni drops the schedule', async () => {
  const stage = stageOf({ wish: wish(inAnHour), world: ran, facts: { sends: 1 } })
  expect(await run('verify', stage.context)).toEqual({
    kind: 'failed',
    detail: 'pg-node-1 took the lead before the time came, so Patroni drops the schedule.',
  })
})

test('a lead that went elsewhere at the time is no success', async () => {
  const elsewhere = { ...wish(secondsBefore(new Date(), 10)), candidate: 'pg-node-2' }
  const stage = stageOf({ wish: elsewhere, world: ran, facts: { sends: 1 } })
  expect(await run('verify', stage.context)).toEqual({
    kind: 'failed',
    detail: 'At its time the lead moved to pg-node-1 instead of pg-node-2.',
  })
})

function run(step: string, context: SwitchoverContext): Promise<StepOutcome> | undefined {
  return scheduleSwitchover.acts[step]?.run(context)
}

async function probeOf(context: SwitchoverContext) {
  const act = scheduleSwitchover.acts['ask']
  return act?.act === 'effect' ? act.probe(context) : null
}
