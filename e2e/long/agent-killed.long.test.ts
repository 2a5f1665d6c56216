import { expect, test } from 'vitest'
import { killAgent, reboot, silenceAgent } from './nodes-struck.ts'
import type { Operation } from '#domain/operation.ts'
import { ask, atTime, insist, play, settle, untilStep } from './play.ts'
import { expectRows, setScene } from './scene.ts'

/** Steps in which an agent does something, and whose: the node's, or a replica's by its place in the plan. */
const agentSteps: [step: string, on: 'node' | 0 | 1][] = [
  ['mask', 1],
  ['fence', 'node'],
  ['archive', 'node'],
  ['stop-replicas', 0],
  ['stop-leader', 'node'],
  ['set-aside', 'node'],
  ['restore', 'node'],
  ['recover', 'node'],
  ['inspect', 'node'],
  ['promote', 'node'],
  ['adopt', 'node'],
  ['archive-proof', 'node'],
  ['release', 'node'],
  ['rebuild-replica~1', 0],
  ['rebuild-replica~2', 1],
  ['backup', 'node'],
]

test.each(agentSteps)('agent killed in %s', async (step, on) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, step)
  await killAgent(nodeOf(asked.plan, on))
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test.each(['restore', 'recover'])('node rebooted in %s, and it is insisted on', async (step) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, step)
  await reboot(nodeOf(asked.plan, 'node'))
  const ended = await insist(asked, atTime(scene.at))
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('node rebooted while recovery stands at its target, and the old cluster comes back', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  const before = () => reboot(nodeOf(asked.plan, 'node'))
  const ended = await play(asked, [{ way: 'abandon', before }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test('agent silent for half a minute in restore', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'restore')
  await silenceAgent(nodeOf(asked.plan, 'node'), 30_000)
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('agent silent for longer than it is waited for, and that step tried again', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'restore')
  const silence = silenceAgent(nodeOf(asked.plan, 'node'), 150_000)
  const ended = await play(asked, [{ way: 'retry', says: /has not answered/, before: () => silence }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

function nodeOf(plan: Operation['plan'], on: 'node' | 0 | 1): string {
  if (plan.kind !== 'restore') throw new Error('This is no recovery.')
  const name = on === 'node' ? plan.node : plan.replicas[on]
  if (name === undefined) throw new Error('The plan has no such replica.')
  return name
}
