import { afterEach, expect, test } from 'vitest'
import { isBackupResult, type Operation } from '#domain/operation/operation.ts'
import type { RepositoryResult } from '#domain/backup/repository-result.ts'
import { labClusterName } from '../lab-cluster.ts'
import { enrolAll } from '../lab/enrolled-lab.ts'
import { until } from '../until.ts'
import { healLab, rest } from '../lab/watched-lab.ts'
import { damageBackup, emptyRepository, showAgain } from './repository-struck.ts'

const repository = 1
const reason = 'the long tests see to the repository'

afterEach(showAgain)

test('a repository passes while it is sound, and is told to be damaged once a file is, though pgBackRest ends well', async () => {
  await healLab()
  await enrolAll()
  const label = await take('full')
  expect(await done('check')).toMatchObject({ state: 'succeeded' })
  const sound = await done('verify')
  expect(sound).toMatchObject({ state: 'succeeded', result: { isSound: true, findings: [] } })

  const file = damageBackup(label)
  const damaged = await done('verify')
  expect(damaged).toMatchObject({ state: 'failed', result: { isSound: false } })
  expect(damaged.outcome).toContain(label)
  expect(linesOf(damaged)).toContain(file)
})

test('an expiry removes what was shown with all that builds on it, and nothing where more would go', async () => {
  await healLab()
  await enrolAll()
  const full = await take('full')
  const onTop = await take('diff')
  const newest = await take('full')
  // What the console knows of a backup that has just ended is a moment old.
  const preview = await until({ what: 'an expiry is shown', timeoutMs: 60_000, everyMs: 1_000 }, () =>
    rest.expiry(labClusterName, { repository, set: full }),
  )
  expect(preview.backups.map(({ label }) => label).toSorted()).toEqual([full, onTop].toSorted())

  const asked = { repository, set: full, reason }
  const shownNothing = await rest.expire(labClusterName, { ...asked, preview: { backups: [], archives: [] } })
  const refused = await rest.untilLongEnded(shownNothing.id)
  expect(refused).toMatchObject({ state: 'refused' })
  expect(refused.outcome).toContain('More would go by now than was shown')

  const { id } = await rest.expire(labClusterName, { ...asked, preview })
  const ended = await rest.untilLongEnded(id)
  expect(ended).toMatchObject({ state: 'succeeded', result: { isSound: true } })
  expect(
    resultOf(ended)
      .expired?.backups.map(({ label }) => label)
      .toSorted(),
  ).toEqual([full, onTop].toSorted())
  const left = await rest.expiry(labClusterName, { repository, set: newest })
  expect(left.backups.map(({ label }) => label)).toContain(newest)
})

test('a repository that holds nothing yet is set up, and can be written to from then on', async () => {
  await healLab()
  await enrolAll()
  emptyRepository()
  const made = await done('stanza-create')
  expect(made).toMatchObject({ state: 'succeeded' })
  expect(await done('check')).toMatchObject({ state: 'succeeded' })
})

async function take(type: 'full' | 'diff'): Promise<string> {
  const { id } = await rest.takeBackup(labClusterName, { type, reason, repository })
  const ended = await rest.untilLongEnded(id)
  if (ended.result === null || !isBackupResult(ended.result))
    throw new Error(`It ended ${ended.state}: ${ended.outcome}`)
  return ended.result.label
}

async function done(chore: 'check' | 'verify' | 'stanza-create'): Promise<Operation> {
  const { id } = await rest.chore(labClusterName, chore, { reason, ...(chore === 'verify' ? { repository } : {}) })
  return rest.untilLongEnded(id)
}

function linesOf({ steps }: Operation): string {
  return steps.flatMap(({ output }) => output.map(({ line }) => line)).join('\n')
}

function resultOf({ result }: Operation): RepositoryResult {
  if (result === null || !('isSound' in result)) throw new Error('The chore has no result.')
  return result
}
