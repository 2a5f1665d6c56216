import { expect, test } from 'vitest'
import { isBackupResult, type Operation } from '#domain/operation/operation.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll } from './enrolled-lab.ts'
import { healLab, heirsOf, leaderOf, rest } from './watched-lab.ts'

// How long pgBackRest takes depends on the machine and on what was archived before.
const slowly = { timeout: 900_000 }

test('a backup is taken where the lead is, proven, and again where the lead has gone', slowly, async () => {
  const from = leaderOf(await healLab())
  await enrolAll()
  const full = await take('full', 'the lab test takes a full backup')
  expect(full.plan).toMatchObject({ node: from, stanza: 'main' })
  expect(resultOf(full)).toMatchObject({ type: 'full', repository: 1 })

  // While it was taken a replica may have fallen behind.
  const [to = null] = heirsOf(await healLab())
  expect(to).not.toBeNull()
  const moved = await rest.switchOver(labClusterName, { to, reason: 'the lead goes elsewhere' })
  expect(await rest.untilEnded(moved.id)).toMatchObject({ state: 'succeeded' })
  await healLab()
  const diff = await take('diff', 'the lab test takes a differential backup')
  expect(diff.plan).toMatchObject({ node: to })
  expect(resultOf(diff).label).toContain(resultOf(full).label)
})

test('a backup that pgBackRest cannot take fails with its reason in words', slowly, async () => {
  await healLab()
  await enrolAll()
  // The lab's nodes know of no other host than themselves, and a backup from a standby needs the primary as well.
  const asked = await rest.takeBackup(labClusterName, { type: 'incr', reason: 'from a standby', fromStandby: true })
  const found = await rest.untilLongEnded(asked.id)
  expect(found).toMatchObject({ state: 'failed' })
  expect(found.outcome).toMatch(/primary/)
})

async function take(type: 'full' | 'diff', reason: string): Promise<Operation> {
  const { id } = await rest.takeBackup(labClusterName, { type, reason })
  const found = await rest.untilLongEnded(id)
  expect(found).toMatchObject({ state: 'succeeded' })
  return found
}

function resultOf({ result }: Operation) {
  if (!result || !isBackupResult(result)) throw new Error('The backup has no result.')
  return result
}
