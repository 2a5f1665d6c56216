import { expect, test } from 'vitest'
import { afterTakeover } from '#domain/testing/change.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { stageOf } from '../testing/step-context.ts'
import { interruptionOf } from '../switchover/interruption.ts'
import { writable } from './writable.ts'

const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null } as const
const [asReplica, asPrimary] = ['replica', 'leader'].map((role) =>
  fixture(`patroni/fixtures/4.1.4-${role}-patroni.json`),
)
// What the collector has seen already: pg-node-1 leads and takes writes.
const world = () => afterTakeover(healthyWorld(new Date()), 1)

test('a measurement that is under way is not ended by the word of the collector', async () => {
  const promotedAt = Date.now() + 600
  await using server = await serveHttp(
    (_, response) => void response.end(Date.now() < promotedAt ? asReplica : asPrimary),
  )
  const facts = { newLeader: 'pg-node-1', oldWritableAt: new Date(promotedAt - 1_000) }
  const stage = stageOf({ wish, world, facts, urls: { 'pg-node-1': server.url } })
  expect(await writable(stage.context)).toEqual({ kind: 'done', detail: 'pg-node-1 takes writes.' })
  const { interruptionMs } = interruptionOf(stage.facts, 'pg-node-3')
  expect(interruptionMs).toBeGreaterThanOrEqual(1_000)
  // Looks that lie further apart measure nothing.
  expect(interruptionMs).toBeLessThan(3_000)
})

test('a new leader that became writable between two steps was seen read-only by the first', async () => {
  await using server = await serveHttp((_, response) => void response.end(asPrimary))
  const facts = {
    newLeader: 'pg-node-1',
    oldWritableAt: new Date(Date.now() - 1_500),
    readOnly: [{ member: 'pg-node-1', at: new Date(Date.now() - 200) }],
  }
  const stage = stageOf({ wish, world, facts, urls: { 'pg-node-1': server.url } })
  await writable(stage.context)
  expect(interruptionOf(stage.facts, 'pg-node-3').interruptionMs).toBeGreaterThanOrEqual(1_500)
})

test('where the new leader cannot be looked at the collector is believed, and nothing is measured', async () => {
  await using server = await serveHttp((_, response) => void response.writeHead(500).end())
  const facts = { newLeader: 'pg-node-1', oldWritableAt: new Date(Date.now() - 1_500) }
  const stage = stageOf({ wish, world, facts, urls: { 'pg-node-1': server.url } })
  expect((await writable(stage.context)).kind).toBe('done')
  expect(interruptionOf(stage.facts, 'pg-node-3')).toMatchObject({
    interruptionMs: null,
    interruptionBasis: expect.stringContaining('Not measured: pg-node-1 did not answer'),
  })
})

test('a standby cluster is taken at the word of the collector at once, for it takes no writes', async () => {
  const facts = { newLeader: 'pg-node-1', isStandbyCluster: true }
  const standby = () => {
    const { config, members, ...rest } = world()
    const readOnly = members.map((member) => ({ ...member, postgres: 'standby' as const }))
    return { ...rest, members: readOnly, config: { ...config, standbyCluster: true } }
  }
  const stage = stageOf({ wish, world: standby, facts })
  expect(await writable(stage.context)).toEqual({ kind: 'done', detail: 'pg-node-1 leads the standby cluster.' })
})
