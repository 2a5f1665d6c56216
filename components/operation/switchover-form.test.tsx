import { expect, test } from 'vitest'
import { judge, type Judged } from '#components/cluster/judge.ts'
import { renderHook } from '#components/ui/testing/render-hook.tsx'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { afterTakeover, behindBy, dead, withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { useSwitchoverForm } from './switchover-form.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const healthy = healthyWorld(at)

function judgedIn(world: World): Judged {
  const snapshot = takeSnapshot(null, readingsOf(world), at)
  return judge(snapshot, at, 'live')
}

function openSheet(world: World) {
  return renderHook((judged: Judged) => useSwitchoverForm('switchover', judged), judgedIn(world))
}

test('who was offered first stays chosen, and the rows stay where they are, when another becomes the fittest', async () => {
  await using sheet = await openSheet(healthy)
  const { candidate, candidates } = sheet.result
  expect(candidate).toBe('pg-node-1')
  await sheet.render(judgedIn(withMember(healthy, 'pg-node-1', behindBy(100_000))))
  expect(sheet.result.plan.candidates[0]?.name).toBe('pg-node-2')
  expect(sheet.result.candidate).toBe('pg-node-1')
  expect(sheet.result.candidates.map(({ name }) => name)).toEqual(candidates.map(({ name }) => name))
})

test('an offered candidate that becomes unfit disables the act with the reason until another is chosen', async () => {
  await using sheet = await openSheet(healthy)
  await sheet.change((form) => {
    form.setReason('maintenance')
    form.setTypedName(form.plan.clusterName)
  })
  expect(sheet.result.missing).toBeNull()
  await sheet.render(judgedIn(withMember(healthy, 'pg-node-1', dead(secondsBefore(at, 40), true))))
  expect(sheet.result.candidate).toBe('pg-node-1')
  expect(sheet.result.missing).toMatch(/^pg-node-1 cannot take the lead/u)
  await sheet.change((form) => form.setCandidate('pg-node-2'))
  expect(sheet.result.missing).toBeNull()
})

test('after the lead has moved only a new look makes a new offer', async () => {
  await using sheet = await openSheet(healthy)
  await sheet.render(judgedIn(afterTakeover(healthy, 30)))
  expect(sheet.result.missing).toBe('The leader has changed since this was opened.')
  await sheet.change((form) => form.lookAgain())
  expect(sheet.result.isOvertaken).toBe(false)
  expect(sheet.result.candidate).toBe('pg-node-2')
})

test('on a paused page the pause stands in the way, not what the console sees', async () => {
  const paused = judge(judgedIn(healthy).snapshot, new Date(at.getTime() + 30_000), 'paused')
  await using sheet = await renderHook((judged: typeof paused) => useSwitchoverForm('switchover', judged), paused)
  expect(sheet.result.missing).toMatch(/^This page is paused/u)
  expect(sheet.result.plan.blockers).toEqual([])
})
