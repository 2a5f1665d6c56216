import { expect, test } from 'vitest'
import { dropOld } from '#server/store/samples/drop-old.ts'
import { makePartitions } from '#server/store/samples/partitions.ts'
import { rawTable } from '#server/store/samples/resolutions.ts'
import { rollUp } from '#server/store/samples/roll-up.ts'
import { saveSamples } from '#server/store/samples/save-samples.ts'
import { addSampledCluster, executorId, memberSampleOf } from '#server/store/samples/testing.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'

const path = '/settings/samples'
const days = { raw: 3, minute: 30, tenMinutes: 100, hour: 730, day: 3650 }

test('an administrator says how long samples are kept; the audit has both, and the workers go by it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = await addSampledCluster(owner)
  const now = new Date()
  const old = new Date(now.getTime() - 2.5 * 86_400_000)
  const older = new Date(now.getTime() - 4 * 86_400_000)
  await makePartitions(owner, rawTable, [older, now])
  const samples = [old, now].map((at) => memberSampleOf(at, { clients: 12 }))
  expect(await saveSamples(owner, { clusterId, executorId, samples })).toBe(true)
  const token = await console.token('admin')

  const { levels } = await (await console.rest('GET', path, { token })).json()
  expect(levels).toHaveLength(5)
  expect(levels[0]).toMatchObject({ resolution: 'raw', days: 3, partition: 'day', since: old.toISOString() })
  expect(levels[0].bytes).toBeGreaterThan(16_384)
  expect(levels[0].bytes).toBe(levels[0].parts.reduce((sum: number, part: { bytes: number }) => sum + part.bytes, 0))

  const set = await console.rest('PUT', path, { token, body: { ...days, raw: 2, hour: 800 } })
  expect(set.status).toBe(200)
  expect((await set.json()).levels.map((level: { days: number }) => level.days)).toEqual([2, 30, 100, 800, 3650])
  const { rows } = await owner.pool.query(`select outcome, target, detail from audit_event where action = $1`, [
    'history.keepFor',
  ])
  expect(rows).toEqual([
    { outcome: 'done', target: 'samples', detail: { before: days, after: { ...days, raw: 2, hour: 800 } } },
  ])

  await rollUp(owner, now)
  const dropped = await dropOld(owner, now)
  expect(dropped).not.toEqual([])
  const after = await (await console.rest('GET', path, { token })).json()
  expect(after.levels[0].parts).toHaveLength(levels[0].parts.length - dropped.length)
})

test('what cannot be is refused with a sentence for each fault, and recorded; others may only look', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const faulty = await console.rest('PUT', path, { token, body: { ...days, raw: 1, minute: 200 } })
  expect([faulty.status, await faulty.json()]).toMatchObject([
    400,
    { fields: [{ field: 'raw' }, { field: 'minute', sentence: expect.stringContaining('100 days') }] },
  ])
  expect((await console.rest('PUT', path, { token, body: { raw: 3 } })).status).toBe(400)
  const operator = await console.token('operator')
  expect((await console.rest('GET', path, { token: operator })).status).toBe(200)
  expect((await console.rest('PUT', path, { token: operator, body: days })).status).toBe(403)
  const { rows } = await owner.pool.query(`select outcome from audit_event where action = $1`, ['history.keepFor'])
  expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
  expect((await owner.pool.query(`select from setting where key = 'samples.retention'`)).rowCount).toBe(0)
})
