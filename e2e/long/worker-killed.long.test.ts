import { expect, test } from 'vitest'
import { restoreResultOf } from '#domain/operation/operation.ts'
import { boundaries, hasDied, killWorkerAt, pointsOf, untilDied } from './kill-point.ts'
import { ask, atTime, play, settle } from './play.ts'
import { expectRows, setScene } from './scene.ts'
import { back, forward } from './struck.ts'

test.each(pointsOf(forward, ['open:before-send']))('forward, worker killed at %s', async (point) => {
  const scene = await setScene()
  killWorkerAt(point)
  const ended = await play(await ask({ target: atTime(scene.at), commitsAlone: true }))
  expect(hasDied()).toBe(true)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test.each(pointsOf(back))('back, worker killed at %s', async (point) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  const before = async () => killWorkerAt(point)
  const ended = await play(asked, [{ way: 'abandon', before }])
  expect(hasDied()).toBe(true)
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

// Each of these strikes at all steps of one recovery, one after the other.
test.each(boundaries)('forward, a worker killed in every step, %s', async (boundary) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  const died = await strikeAt(asked.id, forward.slice(1), boundary)
  const ended = await play(asked)
  hasDied()
  expect(died).toBeGreaterThan(10)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test.each(boundaries)('back, a worker killed in every step, %s', async (boundary) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  let died: Promise<number> = Promise.resolve(0)
  const before = async () => {
    died = strikeAt(asked.id, back, boundary)
  }
  const ended = await play(asked, [{ way: 'abandon', before }])
  hasDied()
  expect(await died).toBeGreaterThan(4)
  expect(ended).toMatchObject({ state: 'cancelled' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

/** Has a worker die at each of the steps in turn; gives how often one did. */
async function strikeAt(operation: string, steps: readonly string[], boundary: string): Promise<number> {
  let died = 0
  for (const step of steps) {
    killWorkerAt(`${step}:${boundary}`)
    if (await untilDied(operation, step)) died += 1
  }
  return died
}
