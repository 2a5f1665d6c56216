import { afterEach, expect, test } from 'vitest'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { healLab, leaderOf, look, rest } from '../lab/watched-lab.ts'
import { until } from '../until.ts'
import { ample, giveOwnDisk, leaveRoom, takeOwnDisk } from './own-disk.ts'
import { ask, type Asked, atTime, play, settle, untilStep } from './play.ts'
import { expectRows, type Scene, setScene } from './scene.ts'

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

/** A scene whose leader has a disk of its own; there is enough data for a lack of room to outlast what WAL comes and goes. */
async function setCrampedScene(): Promise<Scene> {
  const leader = leaderOf(await healLab())
  const to = nodes.find((node) => node !== leader) ?? leader
  await giveOwnDisk(to)
  await healLab()
  const moved = await rest.switchOver(labClusterName, { to, reason: 'its disk is to be too small' })
  expect(await rest.untilEnded(moved.id)).toMatchObject({ state: 'succeeded' })
  await healLab()
  await sql('haproxy', 'drop table if exists ballast')
  await sql('haproxy', 'create table ballast (n int, text text)')
  for (let part = 0; part < 4; part++) {
    await sql('haproxy', `insert into ballast select n, repeat(md5(n::text), 5) from generate_series(1, 120000) n`)
  }
  const scene = await setScene()
  expect(scene.leader).toBe(to)
  return scene
}

/** Asks for a recovery while the leader's disk has half the room that two copies need. */
async function askCramped(wish: Asked): Promise<Operation> {
  const { node, space } = await until(
    { what: 'the room that is needed is known', timeoutMs: 120_000, everyMs: 1_000 },
    async () => {
      const plan = await rest.planRestore(labClusterName, wish)
      return plan.space.neededBytes === null ? null : plan
    },
  )
  await leaveRoom(node, (space.neededBytes ?? 0) / 2)
  await until({ what: 'the plan sees the lack of room', timeoutMs: 120_000, everyMs: 1_000 }, async () => {
    const { wayBack } = await rest.planRestore(labClusterName, wish)
    return wayBack === 'replica'
  })
  const asked = await ask(wish)
  expect(asked.plan).toMatchObject({ kind: 'restore', node, wayBack: 'replica' })
  expect(asked.steps.map(({ name }) => name)).not.toContain('set-aside')
  await untilStep(asked, 'mask')
  await leaveRoom(node, ample)
  return asked
}

function doneIn({ steps }: Operation): string[] {
  return steps.filter(({ state }) => state === 'done').map(({ name }) => name)
}
