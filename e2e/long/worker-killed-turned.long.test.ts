import { expect, test } from 'vitest'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { rest } from '../lab/watched-lab.ts'
import { hasDied, killWorkerAt, pointsOf, untilDied } from './kill-point.ts'
import { nodeOf } from './node-of.ts'
import { silenceAgent } from './nodes-struck.ts'
import { ask, atTime, play, settle } from './play.ts'
import { expectRows, type Scene, setScene } from './scene.ts'
import { anew, cancelledEarly, cancelledLate, onward } from './struck.ts'

test.each(pointsOf(onward))('moved on to a later moment, worker killed at %s', async (point) => {
  const first = await setScene()
  const second = await setScene({ hasBackup: true })
  const asked = await ask({ target: atTime(first.at) })
  const before = async () => killWorkerAt(point)
  const ended = await play(asked, [{ way: 'move', target: atTime(second.at), before }, { way: 'commit' }])
  expect(hasDied()).toBe(true)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(first, ['before', 'after'])
  await expectRows(second, ['before'])
  await settle(ended)
})

test.each(pointsOf(anew))('moved back to an earlier moment, worker killed at %s', async (point) => {
  const first = await setScene()
  const second = await setScene({ hasBackup: true })
  const asked = await ask({ target: atTime(second.at) })
  const before = async () => killWorkerAt(point)
  const ended = await play(asked, [{ way: 'move', target: atTime(first.at), before }, { way: 'commit' }])
  expect(hasDied()).toBe(true)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(first, ['before'])
  await expectRows(second, [])
  await settle(ended)
})

// While a worker is dead at the end of a step, the wish to cancel comes before the next step for certain.
test.each(pointsOf(cancelledEarly))('cancelled after fence, worker killed at %s', async (point) => {
  const scene = await setScene()
  killWorkerAt('fence:after-effect')
  const asked = await ask({ target: atTime(scene.at) })
  const [ended] = await Promise.all([play(asked), cancelOnceDead(asked, 'fence', point)])
  expect(hasDied()).toBe(true)
  await expectBack(scene, ended)
})

test.each(pointsOf(cancelledLate))('cancelled after adopt, worker killed at %s', async (point) => {
  const scene = await setScene()
  killWorkerAt('adopt:after-effect')
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  const [ended] = await Promise.all([play(asked), cancelOnceDead(asked, 'adopt', point)])
  expect(hasDied()).toBe(true)
  await expectBack(scene, ended)
})

test('adopt finds the agent silent, and the old cluster comes back', async () => {
  const scene = await setScene()
  killWorkerAt('adopt:after-intent')
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  expect(await untilDied(asked.id, 'adopt')).toBe(true)
  // The worker that follows waits two minutes for the agent before it asks a person.
  const silence = silenceAgent(nodeOf(asked), 180_000)
  const ended = await play(asked, [{ way: 'abandon', says: /has not answered/, before: () => silence }])
  expect(ended.steps).toContainEqual(expect.objectContaining({ name: 'stand-down', state: 'done' }))
  await expectBack(scene, ended)
})

/** Cancels while the worker that died in a step is not followed yet, and has the next one die on the way back. */
async function cancelOnceDead({ id }: Operation, step: string, point: string): Promise<void> {
  expect(await untilDied(id, step)).toBe(true)
  killWorkerAt(point)
  await rest.cancel(id, 'the long tests cancel')
}

async function expectBack(scene: Scene, ended: Operation): Promise<void> {
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
}
