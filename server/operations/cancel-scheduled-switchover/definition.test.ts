import { expect, test } from 'vitest'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'
import { stageOf, type Stage } from '../testing/step-context.ts'
import { cancelScheduledSwitchover } from './definition.ts'

const tonight = new Date('2099-11-24T02:00:00.000Z')
const meant = { at: tonight, from: 'pg-node-3', to: 'pg-node-1' }
const other = { ...meant, to: 'pg-node-2' }

test('the schedule that was confirmed is dropped', async () => {
  const cluster = clusterWith(meant)
  await using server = await serveHttp((_, response) => {
    cluster.schedule = null
    response.end('scheduled switchover deleted')
  })
  const { context } = stageWith(cluster, server.url)
  expect(await run('preflight', context)).toEqual({
    kind: 'done',
    detail: 'Scheduled is a switchover to pg-node-1 for 2099-11-24 02:00:00 UTC.',
  })
  expect(await run('ask', context)).toEqual({ kind: 'done', detail: 'pg-node-3 dropped it.' })
  expect(await run('verify', context)).toEqual({ kind: 'done', detail: 'Nothing is scheduled.' })
})

test('one that has taken its place is left alone', async () => {
  let requests = 0
  await using server = await serveHttp((_, response) => void response.end(String(requests++)))
  const cluster = clusterWith(meant)
  const { context } = stageWith(cluster, server.url)
  cluster.schedule = other
  expect(await run('ask', context)).toEqual({
    kind: 'refused',
    detail:
      'Another switchover has been scheduled meanwhile: a switchover to pg-node-2 for 2099-11-24 02:00:00 UTC. It was left alone. Look at it before you cancel it.',
  })
  expect(await run('preflight', context)).toEqual({
    kind: 'refused',
    detail: expect.stringContaining('A switchover to pg-node-2 for 2099-11-24 02:00:00 UTC is scheduled by now'),
  })
  expect(requests).toBe(0)
})

test('a key that changed under Patroni’s hands is told by what stands then', async () => {
  const cluster = clusterWith(meant)
  let after: World['scheduledSwitchover'] = meant
  await using server = await serveHttp((_, response) => {
    cluster.schedule = after
    response.writeHead(409).end('<html>')
  })
  const { context } = stageWith(cluster, server.url)
  const told = async (schedule: World['scheduledSwitchover']) => {
    cluster.schedule = meant
    after = schedule
    return run('ask', context)
  }
  expect(await told(meant)).toMatchObject({ kind: 'refused', detail: expect.stringContaining('changed at that very') })
  expect(await told(other)).toMatchObject({ kind: 'refused', detail: expect.stringContaining('Another switchover') })
  expect(await told(null)).toMatchObject({ kind: 'done' })
})

test('another schedule after the cancellation is no success', async () => {
  const cluster = clusterWith(meant)
  const { context } = stageWith(cluster, '')
  cluster.schedule = other
  expect(await run('verify', context)).toEqual({
    kind: 'failed',
    detail: 'It is gone, but by now another one is scheduled: a switchover to pg-node-2 for 2099-11-24 02:00:00 UTC.',
  })
})

function clusterWith(schedule: World['scheduledSwitchover']): { schedule: World['scheduledSwitchover'] } {
  return { schedule }
}

function stageWith(cluster: { schedule: World['scheduledSwitchover'] }, url: string): Stage {
  const world = () => ({ ...healthyWorld(new Date()), scheduledSwitchover: cluster.schedule })
  const wish = { kind: 'cancel-scheduled-switchover', candidate: null, scheduledAt: null } as const
  return stageOf({ wish, world, planned: world(), urls: url === '' ? {} : { 'pg-node-3': url } })
}

function run(step: string, context: SwitchoverContext): Promise<StepOutcome> | undefined {
  return cancelScheduledSwitchover.acts[step]?.run(context)
}
