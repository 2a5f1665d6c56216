import { expect, test } from 'vitest'
import { ageRow } from './aged-row.ts'
import type { FleetRow } from './view.ts'

const row: FleetRow = {
  clusterId: 'id of billing',
  name: 'billing',
  labels: [],
  level: 'healthy',
  sentence: 'pg-node-3 leads. Either replica could take over now with nothing lost.',
  leader: 'pg-node-3',
  members: [],
  worstLagBytes: 0,
  lastBackup: null,
  seenAt: new Date('2026-11-23T10:00:00Z'),
  activeOperation: null,
  alerts: { critical: 0, warning: 0, coming: null },
  incidents: { open: 0, critical: 0, worst: null },
}
const after = (seconds: number) => new Date(Date.parse('2026-11-23T10:00:00Z') + seconds * 1000)

test('a row that was just seen is shown as it is', () => {
  expect(ageRow(row, after(6))).toMatchObject({ level: 'healthy', sentence: row.sentence, isCurrent: true })
})

test('a row older than three intervals is unseen, never green, and tells its last word as such', () => {
  expect(ageRow(row, after(6.1))).toMatchObject({
    level: 'unseen',
    sentence: `Not seen for 6.1 s. Then: ${row.sentence}`,
    isCurrent: false,
  })
})

test('a cluster that was never looked at is unseen with its own sentence', () => {
  const never = { ...row, seenAt: null, sentence: 'The console has not looked at it yet.' }
  expect(ageRow(never, after(0))).toMatchObject({ level: 'unseen', sentence: never.sentence, isCurrent: false })
})

test('a row that did not change is the same object a second later', () => {
  expect(ageRow(row, after(1))).toBe(ageRow(row, after(2)))
})
