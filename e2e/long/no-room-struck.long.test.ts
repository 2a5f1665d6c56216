import { afterEach, expect, test } from 'vitest'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { sql } from '#lab/control.ts'
import { untilAgent } from '../lab/enrolled-lab.ts'
import { askCramped, setCrampedScene } from './cramped.ts'
import { hasDied, killWorkerAt, pointsOf } from './kill-point.ts'
import { nodeOf } from './node-of.ts'
import { killAgent } from './nodes-struck.ts'
import { takeOwnDisk } from './own-disk.ts'
import { atTime, play, settle, untilStep } from './play.ts'
import { expectRows, type Scene } from './scene.ts'
import { agentCrampedBack, agentCrampedForward, crampedBack, crampedForward } from './struck.ts'

/* Where there is no room for two copies old data is deleted before it is built anew: who is struck there must not delete the new. */

afterEach(takeOwnDisk)

test.each(pointsOf(crampedForward))('no room, forward, worker killed at %s', async (point) => {
  const scene = await setCrampedScene()
  killWorkerAt(point)
  const ended = await play(await askCramped({ target: atTime(scene.at), repository: 1, commitsAlone: true }))
  expect(hasDied()).toBe(true)
  await expectCommitted(scene, ended)
})

test.each(pointsOf(crampedBack))('no room, back, worker killed at %s', async (point) => {
  const scene = await setCrampedScene()
  const asked = await askCramped({ target: atTime(scene.at), repository: 1 })
  const before = async () => killWorkerAt(point)
  const ended = await play(asked, [{ way: 'abandon', before }])
  expect(hasDied()).toBe(true)
  await expectBack(scene, ended)
})

test.each(agentCrampedForward)('no room, forward, agent killed in %s', async (step, on) => {
  const scene = await setCrampedScene()
  const asked = await askCramped({ target: atTime(scene.at), repository: 1, commitsAlone: true })
  await untilStep(asked, step)
  await killAgent(nodeOf(asked, on))
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectCommitted(scene, ended)
})

test.each(agentCrampedBack)('no room, back, agent killed in %s', async (step, on) => {
  const scene = await setCrampedScene()
  const asked = await askCramped({ target: atTime(scene.at), repository: 1 })
  const kill = async () => {
    await untilStep(asked, step)
    await killAgent(nodeOf(asked, on))
  }
  const [ended] = await Promise.all([play(asked, [{ way: 'abandon' }]), kill()])
  expect(ended).toMatchObject({ state: 'cancelled' })
  await untilAgent(nodeOf(asked, on))
  await expectBack(scene, ended)
})

async function expectCommitted(scene: Scene, ended: Operation): Promise<void> {
  expect(ended.state).toBe('succeeded')
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'committed', keptAside: [] })
  await expectRows(scene, ['before'])
  await settle(ended)
  await sql('haproxy', 'drop table ballast')
}

async function expectBack(scene: Scene, ended: Operation): Promise<void> {
  expect(ended.state).toBe('cancelled')
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned', keptAside: [] })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
  await sql('haproxy', 'drop table ballast')
}
