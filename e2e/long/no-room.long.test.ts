import { afterEach, expect, test } from 'vitest'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { sql } from '#lab/control.ts'
import { leaderOf, look } from '../lab/watched-lab.ts'
import { askCramped, setCrampedScene } from './cramped.ts'
import { takeOwnDisk } from './own-disk.ts'
import { atTime, play, settle } from './play.ts'
import { expectRows } from './scene.ts'

/*
 * Recoveries on a node whose disk does not hold the old data and the recovered side by side: the way back is a replica's
 * data. What is told of the room decides that when they are planned; they are then given what they need to go on.
 */

afterEach(takeOwnDisk)

test('no room for the old data, and the recovery is made final', async () => {
  const scene = await setCrampedScene()
  const asked = await askCramped({ target: atTime(scene.at), repository: 1, commitsAlone: true })
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'committed', node: scene.leader, keptAside: [] })
  await expectRows(scene, ['before'])
  await settle(ended)
  await sql('haproxy', 'drop table ballast')
})

test('no room for the old data, and the cluster comes back with a replica in the lead', async () => {
  const scene = await setCrampedScene()
  const asked = await askCramped({ target: atTime(scene.at), repository: 1 })
  const ended = await play(asked, [{ way: 'abandon' }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned', keptAside: [] })
  expect(doneIn(ended)).toEqual(expect.arrayContaining(['lead-by-replica', 'rebuild-node', 'verify-return']))
  await expectRows(scene, ['before', 'after'])
  expect(leaderOf(await look())).not.toBe(scene.leader)
  await settle(ended)
  await sql('haproxy', 'drop table ballast')
})

function doneIn({ steps }: Operation): string[] {
  return steps.filter(({ state }) => state === 'done').map(({ name }) => name)
}
