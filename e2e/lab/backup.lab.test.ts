import { expect, test } from 'vitest'
import { isBackupResult, type Operation } from '#domain/operation.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll } from './enrolled-lab.ts'
import { healLab, heirsOf, leaderOf, look, rest } from './watched-lab.ts'

test('a backup is taken where the lead is, proven, and again where the lead has gone', async () => {
  await healLab()
  await enrolAll()
  const full = await take('full', 'the lab test takes a full backup')
  expect(full.plan).toMatchObject({ node: leaderOf(await look()), stanza: 'main' })
  expect(resultOf(full)).toMatchObject({ type: 'full', repository: 1 })

  const [to = null] = heirsOf(await look())
  const moved = await rest.switchOver(labClusterName, { to, reason: 'the lead goes elsewhere' })
  expect(await rest.untilEnded(moved.id)).toMatchObject({ state: 'succeeded' })
  await healLab()
  const diff = await take('diff', 'the lab test takes a differential backup')
  expect(diff.plan).toMatchObject({ node: to })
  expect(resultOf(diff).label).toContain(resultOf(full).label)
})

test('a backup that pgBackRest cannot take fails with its reason in words', async () => {
  await healLab()
  await enrolAll()
  // The lab's nodes know of no other host than themselves, and a backup from a standby needs the primary as well.
  const asked = await rest.takeBackup(labClusterName, { type: 'incr', reason: 'from a standby', fromStandby: true })
  const found = await rest.untilEnded(asked.id)
  expect(found).toMatchObject({ state: 'failed' })
  expect(found.outcome).toMatch(/primary/)
})

async function take(type: 'full' | 'diff', reason: string): Promise<Operation> {
  const { id } = await rest.takeBackup(labClusterName, { type, reason })
  const found = await rest.untilEnded(id)
  expect(found).toMatchObject({ state: 'succeeded' })
  return found
}

function resultOf({ result }: Operation) {
  if (!result || !isBackupResult(result)) throw new Error('The backup has no result.')
  return result
}
