import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLog } from '#server/log.ts'
import { createEnd } from '../loop.ts'
import { Bell } from './bell.ts'
import { startRungLoop } from './rung-loop.ts'

const log = createLog('test')
log.level = 'silent'
const patience = { timeout: 20_000, interval: 20 }

function ringing(look: () => Promise<void> = async () => {}) {
  const bell = new Bell()
  const end = createEnd()
  const looks: { atMs: number; isExtra: boolean }[] = []
  startRungLoop({
    name: 'deep',
    bell,
    log,
    signal: end.signal,
    beatMs: () => 3_600_000,
    look(isExtra) {
      looks.push({ atMs: performance.now(), isExtra })
      return look()
    },
  })
  return { bell, looks, [Symbol.dispose]: () => end.abort() }
}

test('a bell that rings much has it look no more than once a second', async () => {
  using run = ringing()
  await expect.poll(() => run.looks.length, patience).toBe(1)
  for (let n = 0; n < 20; n += 1) {
    run.bell.ring()
    await sleep(5)
  }
  await expect.poll(() => run.looks.length, patience).toBe(2)
  const [first, second] = run.looks
  expect([first?.isExtra, second?.isExtra]).toEqual([false, true])
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990)
  await sleep(1_200)
  expect(run.looks).toHaveLength(2)
})

test('a look that was under way when the bell rang is followed by another', async () => {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  using run = ringing(() => held)
  await expect.poll(() => run.looks.length, patience).toBe(1)
  run.bell.ring()
  await sleep(1_300)
  expect(run.looks).toHaveLength(1)
  letGo()
  await expect.poll(() => run.looks.length, patience).toBe(2)
  await sleep(1_300)
  expect(run.looks).toHaveLength(2)
})

test('a bell that rings after its end wakes nobody', async () => {
  const run = ringing()
  await expect.poll(() => run.looks.length, patience).toBe(1)
  run[Symbol.dispose]()
  run.bell.ring()
  await sleep(1_200)
  expect(run.looks).toHaveLength(1)
})
