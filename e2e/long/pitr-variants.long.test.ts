import { expect, test } from 'vitest'
import { restoreResultOf } from '#domain/operation/operation.ts'
import { labClusterName } from '../lab-cluster.ts'
import { healLab, heirsOf, rest } from '../lab/watched-lab.ts'
import { ask, atTime, play, settle } from './play.ts'
import { expectRows, setScene, write } from './scene.ts'
import { targetKinds } from './target-kinds.ts'

test.each([1, 2])('from repository %d, to a moment on the current timeline', async (repository) => {
  const scene = await setScene({ repository })
  const ended = await play(await ask({ target: atTime(scene.at), repository, commitsAlone: true }))
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'committed', repository })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test.each([1, 2])('from repository %d, to a moment on an earlier timeline', async (repository) => {
  const scene = await setScene({ repository })
  const [to = null] = heirsOf(await healLab())
  const moved = await rest.switchOver(labClusterName, { to, reason: 'another timeline' })
  expect(await rest.untilEnded(moved.id)).toMatchObject({ state: 'succeeded' })
  await healLab()
  await write(scene.name, 'on-the-next-timeline')
  const ended = await play(await ask({ target: atTime(scene.at), repository, commitsAlone: true }))
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test.each([1, 2])('from repository %d, a second time, to a moment before the first fork', async (repository) => {
  const early = await setScene({ repository })
  const late = await setScene({ hasBackup: true })
  const first = await play(await ask({ target: atTime(late.at), repository, commitsAlone: true }))
  expect(first).toMatchObject({ state: 'succeeded' })
  await expectRows(late, ['before'])
  await settle(first)
  await write(late.name, 'after-the-fork')
  const second = await play(await ask({ target: atTime(early.at), repository, commitsAlone: true }))
  expect(second).toMatchObject({ state: 'succeeded' })
  await expectRows(early, ['before'])
  await expectRows(late, [])
  await settle(second)
})

test.each(targetKinds)('to %s', async (_kind, aim) => {
  const scene = await setScene()
  const { target, rows, isBeforeLater } = await aim(scene)
  await write(scene.name, 'later')
  const ended = await play(await ask({ target, repository: 1, commitsAlone: true }))
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'committed', attempts: [{ isOnTarget: true }] })
  await expectRows(scene, isBeforeLater ? rows : [...rows, 'later'])
  await settle(ended)
})

test('looked at, moved on to a later moment, then back to the first, then made final', async () => {
  const first = await setScene()
  const second = await setScene({ hasBackup: true })
  const asked = await ask({
    target: atTime(first.at),
    check: `select note from landmark where scene = '${first.name}'`,
  })
  const ended = await play(asked, [
    { way: 'move', target: atTime(second.at) },
    { way: 'move', target: atTime(first.at) },
    { way: 'commit' },
  ])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(first, ['before'])
  await expectRows(second, [])
  await settle(ended)
})

test('looked at, and the old cluster brought back', async () => {
  const scene = await setScene()
  const ended = await play(await ask({ target: atTime(scene.at) }), [{ way: 'abandon' }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test('clients let in at the end only', async () => {
  const scene = await setScene()
  const ended = await play(await ask({ target: atTime(scene.at), commitsAlone: true, clientsBack: 'end' }))
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})
