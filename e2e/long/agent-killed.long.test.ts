import { expect, test } from 'vitest'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { killNode } from '#lab/control.ts'
import { untilAgent } from '../lab/enrolled-lab.ts'
import { journalOf } from './journal.ts'
import { nodeOf } from './node-of.ts'
import { killAgent, reboot, silenceAgent } from './nodes-struck.ts'
import { ask, atTime, insist, play, settle, untilStep } from './play.ts'
import { expectRows, setScene } from './scene.ts'
import { agentBack, agentForward, agentOnward } from './struck.ts'

test.each(agentForward)('agent killed in %s', async (step, on) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, step)
  await killAgent(nodeOf(asked, on))
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  // Killed in the last step, it may not be heard yet, and what was kept aside is let go by it.
  await untilAgent(nodeOf(asked, on))
  await settle(ended)
})

test('agent killed in preflight: it goes on, or ends before anything is touched', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'preflight')
  await killAgent(nodeOf(asked))
  const ended = await play(asked)
  const isThrough = ended.state === 'succeeded'
  // Whether the console asked the agent just then is chance.
  expect(isThrough || isUntouched(ended)).toBe(true)
  await expectRows(scene, isThrough ? ['before'] : ['before', 'after'])
  await settle(ended)
})

test.each(agentBack)('on the way back, agent killed in %s', async (step, on) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  const kill = async () => {
    await untilStep(asked, step)
    await killAgent(nodeOf(asked, on))
  }
  const [ended] = await Promise.all([play(asked, [{ way: 'abandon' }]), kill()])
  expect(ended).toMatchObject({ state: 'cancelled' })
  expect(restoreResultOf(ended.result)).toMatchObject({ ended: 'abandoned' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test.each(agentOnward)('moved on to a later moment, agent killed in %s', async (step, on) => {
  const first = await setScene()
  const second = await setScene({ hasBackup: true })
  const asked = await ask({ target: atTime(first.at) })
  const kill = async () => {
    await untilStep(asked, step)
    await killAgent(nodeOf(asked, on))
  }
  const answers = [{ way: 'move', target: atTime(second.at) }, { way: 'commit' }] as const
  const [ended] = await Promise.all([play(asked, answers), kill()])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(first, ['before', 'after'])
  await expectRows(second, ['before'])
  await settle(ended)
})

test.each(['restore', 'recover'])('node rebooted in %s, and it is insisted on', async (step) => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, step)
  await reboot(nodeOf(asked))
  const ended = await insist(asked, atTime(scene.at))
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('node rebooted while recovery stands at its target, and the old cluster comes back', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  const before = () => reboot(nodeOf(asked))
  const ended = await play(asked, [{ way: 'abandon', before }])
  expect(ended).toMatchObject({ state: 'cancelled' })
  await expectRows(scene, ['before', 'after'])
  await settle(ended)
})

test('node rebooted while recovery stands at its target, and it is made final', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at) })
  const before = () => reboot(nodeOf(asked))
  const ended = await play(asked, [{ way: 'commit', before }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  expect(ended.steps).not.toContainEqual(expect.objectContaining({ name: 'promote~2' }))
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('agent silent for half a minute in restore', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'restore')
  await silenceAgent(nodeOf(asked), 30_000)
  const ended = await play(asked)
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('agent silent for longer than it is waited for, and that step tried again', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'restore')
  const silence = silenceAgent(nodeOf(asked), 150_000)
  const ended = await play(asked, [{ way: 'retry', says: /has not answered/, before: () => silence }])
  expect(ended).toMatchObject({ state: 'succeeded' })
  await expectRows(scene, ['before'])
  await settle(ended)
})

test('the machine of a replica is lost before the new timeline is published, and it is gone on without it', async () => {
  const scene = await setScene()
  const asked = await ask({ target: atTime(scene.at), commitsAlone: true })
  await untilStep(asked, 'recover')
  const lost = nodeOf(asked, 0)
  await killNode(lost)
  const ended = await play(asked, [{ way: 'pass', says: /"Let clients back in" did not end as planned/ }])
  expect(ended).toMatchObject({
    state: 'succeeded',
    outcome: expect.stringContaining(`${lost} was not built anew: unmask and start Patroni there`),
  })
  const { members } = restoreResultOf(ended.result) ?? { members: [] }
  expect(members.map(({ name }) => name)).not.toContain(lost)
  await expectRows(scene, ['before'])
  await settle(ended)
})

/** Ended by its own look at everything, and no agent was given anything to do. */
function isUntouched({ id, state, result }: Operation): boolean {
  return ['refused', 'failed'].includes(state) && restoreResultOf(result) === null && journalOf(id).length === 0
}
