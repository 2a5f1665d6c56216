import { expect, test } from 'vitest'
import { healthyWorld } from '#domain/testing/world.ts'
import { grantWeb } from '#server/store/roles.ts'
import { Bench } from './bench.ts'
import { prepareEngine, showWorld } from './seed.ts'

// Nothing listens there: an operation ends at its first step.
const nowhere = {
  scope: 'nowhere',
  systemIdentifier: '7711258502368800000',
  patroniUrls: ['http://127.0.0.1:1'],
  etcdUrls: [],
  rest: null,
  sql: { user: 'nobody', password: 'none' },
}

const slowly = { timeout: 300_000 }

test('what a dead test left is ended before the next one: its operation and its workers', slowly, async () => {
  await using bench = await Bench.open(nowhere)
  await prepareEngine(bench.own.store)
  await grantWeb(bench.own.url)
  const ask = async () => bench.request(await showWorld(bench.own.store, bench.cluster, healthyWorld(new Date())), {})
  const left = await ask()
  await bench.startOver()
  const asked = await ask()
  expect(asked.id).not.toBe(left.id)

  const frozen = await bench.startWorker('worker-1', 'nowhere')
  await expect(bench.untilDead(frozen, asked)).rejects.toThrow(/^The operation ended refused with its worker alive: /)
  frozen.kill('SIGSTOP')
  await bench.startOver()
  expect(await frozen.ended).toBe('SIGKILL')
  const next = await bench.startWorker('worker-1')
  expect(next.pid).not.toBe(frozen.pid)
})
