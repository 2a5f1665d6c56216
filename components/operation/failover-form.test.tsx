import { expect, test } from 'vitest'
import { judge, type Judged } from '#components/cluster/judge.ts'
import { renderHook } from '#components/ui/testing/render-hook.tsx'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { behindBy, dead, withMember } from '#domain/testing/change.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { useFailoverForm } from './failover-form.ts'

const at = new Date('2026-11-23T12:00:00.000Z')
const healthy = healthyWorld(at)
const lost = withMember(healthy, 'pg-node-3', dead(secondsBefore(at, 90), false))
const leaderless: World = { ...lost, leader: null, leaderChangedAt: secondsBefore(at, 60) }

function judgedIn(world: World): Judged {
  return judge(takeSnapshot(null, readingsOf(world), at), at, 'live')
}

test('nobody is chosen beforehand; each thing that is missing is said in turn', async () => {
  await using sheet = await renderHook(useFailoverForm, judgedIn(leaderless))
  expect([sheet.result.candidate, sheet.result.missing]).toEqual([null, 'Say which member shall lead.'])
  await sheet.change((form) => form.setCandidate('pg-node-2'))
  expect(sheet.result.missing).toBe('Say why: the audit log keeps it.')
  await sheet.change((form) => form.setReason('the machine has burned down'))
  expect(sheet.result.missing).toBe('Type postgres-cluster to confirm.')
  await sheet.change((form) => form.setTypedName('postgres-cluster'))
  expect(sheet.result.missing).toBeNull()
  expect(sheet.result.plan).toMatchObject({ leader: '', candidate: 'pg-node-2' })
})

test('the rows stay where they are when another becomes the one that loses least', async () => {
  await using sheet = await renderHook(useFailoverForm, judgedIn(leaderless))
  const order = sheet.result.candidates.map(({ name }) => name)
  await sheet.render(judgedIn(withMember(leaderless, 'pg-node-1', behindBy(900_000))))
  expect(sheet.result.plan.candidates[0]?.name).toBe('pg-node-2')
  expect(sheet.result.candidates.map(({ name }) => name)).toEqual(order)
})

test('once somebody leads, what was decided no longer holds', async () => {
  await using sheet = await renderHook(useFailoverForm, judgedIn(leaderless))
  await sheet.change((form) => form.setCandidate('pg-node-1'))
  await sheet.render(judgedIn(healthy))
  expect(sheet.result.isOvertaken).toBe(true)
  expect(sheet.result.missing).toBe('The lead has changed since this was opened.')
})
