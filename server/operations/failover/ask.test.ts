import { afterEach, expect, test, vi } from 'vitest'
import { planFailover } from '#domain/plan/plan-failover.ts'
import { afterTakeover, dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import type { Facts } from '../define.ts'
import { hasten } from '../testing/hasten.ts'
import { stageOf } from '../testing/step-context.ts'
import { ask, probe } from './ask.ts'
import type { FailoverContext } from './context.ts'

const asReplica = fixture('patroni/fixtures/4.1.4-replica-patroni.json')

afterEach(() => vi.restoreAllMocks())

test('it is sent once, to the named member and without a leader, and ends when that one holds the key', async () => {
  await using patroni = await patroniOf({ status: 200, text: 'Successfully failed over to "pg-node-1"' })
  const stage = stageIn(() => (patroni.asked.length === 0 ? leaderless() : moved()), patroni.url)
  expect(await ask(stage.context)).toEqual({ kind: 'done', detail: 'pg-node-1 holds the leader key.' })
  expect(patroni.asked).toEqual(['/failover {"candidate":"pg-node-1"}'])
  expect(stage.facts).toMatchObject({ sends: 1, newLeader: 'pg-node-1' })
})

test('an answer that says nothing is followed by looking until the key says it', async () => {
  await using patroni = await patroniOf({ status: 503, text: 'Failover status unknown' })
  let looks = 0
  const world = () => (patroni.asked.length > 0 && (looks += 1) > 3 ? moved() : leaderless())
  const stage = stageIn(world, patroni.url)
  expect(await ask(stage.context)).toEqual({ kind: 'done', detail: 'pg-node-1 holds the leader key.' })
  expect(patroni.asked).toHaveLength(1)
})

test('a refusal is told in plain words', async () => {
  const text = 'failover is not possible: no good candidates have been found'
  await using patroni = await patroniOf({ status: 412, text })
  const { context } = stageIn(leaderless, patroni.url)
  expect(await ask(context)).toEqual({
    kind: 'refused',
    detail:
      'Patroni refused: it does not reach pg-node-1, or pg-node-1 may not lead (nofailover tag, watchdog, Postgres down). Nobody leads.',
  })
})

test('where somebody leads by then nothing is sent', async () => {
  hasten()
  await using patroni = await patroniOf({ status: 200, text: 'Successfully failed over to "pg-node-1"' })
  const outcome = await ask(stageIn(() => healthyWorld(new Date()), patroni.url).context)
  expect(outcome).toMatchObject({ kind: 'refused', detail: expect.stringContaining('pg-node-3 leads now') })
  expect(patroni.asked).toEqual([])
})

test('what a dead worker may have sent is looked for and never sent again', async () => {
  hasten()
  await using patroni = await patroniOf({ status: 200, text: 'Successfully failed over to "pg-node-1"' })
  expect(await probe(stageIn(leaderless, patroni.url, { sends: 1 }).context)).toEqual({
    kind: 'failed',
    detail:
      'The worker that sent the request died. By what is seen nobody leads, as before, and no request stands any more: it did not arrive, or pg-node-1 could not take the lead. It was not sent again. The log of Patroni on pg-node-1 says which.',
  })
  expect(await probe(stageIn(moved, patroni.url, { sends: 1 }).context)).toMatchObject({ kind: 'done' })
  expect(await probe(stageIn(leaderless, patroni.url).context)).toEqual({ kind: 'not-done' })
  expect(patroni.asked).toEqual([])
})

/** In pause, the leader's machine gone: nobody takes over. */
function leaderless(): World {
  const at = new Date()
  const world = withMember(healthyWorld(at), 'pg-node-3', dead(secondsBefore(at, 90), false))
  return { ...world, leader: null, leaderChangedAt: secondsBefore(at, 60), config: { ...world.config, pause: true } }
}

function moved(): World {
  return afterTakeover(healthyWorld(new Date()), 1)
}

function stageIn(world: () => World, url: string, facts: Facts = {}): { context: FailoverContext; facts: Facts } {
  const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null } as const
  const stage = stageOf({ wish, world, facts, urls: { 'pg-node-1': url }, planned: leaderless() })
  const seen = follow(healthyWorld(secondsBefore(new Date(), 120)), leaderless())
  const plan = planFailover(seen, { candidate: 'pg-node-1', now: new Date() })
  const { context } = stage
  return { context: { ...context, operation: { ...context.operation, plan } }, facts: stage.facts }
}

async function patroniOf(answer: { status: number; text: string }) {
  const asked: string[] = []
  const server = await serveHttp((request, response) => {
    if (request.method !== 'POST') return void response.end(request.url === '/history' ? '[]' : asReplica)
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      asked.push(`${request.url} ${body}`)
      response.statusCode = answer.status
      response.end(answer.text)
    })
  })
  return Object.assign(server, { asked })
}
