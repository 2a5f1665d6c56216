import { expect } from 'vitest'
import type { Operation } from '#domain/operation/operation.ts'
import { nodes } from '#lab/addresses.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { healLab, leaderOf, rest } from '../lab/watched-lab.ts'
import { until } from '../until.ts'
import { ample, giveOwnDisk, leaveRoom } from './own-disk.ts'
import { ask, type Asked, untilStep } from './play.ts'
import { type Scene, setScene } from './scene.ts'

/** A scene whose leader has a disk of its own; there is enough data for a lack of room to outlast what WAL comes and goes. */
export async function setCrampedScene(): Promise<Scene> {
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
export async function askCramped(wish: Asked): Promise<Operation> {
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
