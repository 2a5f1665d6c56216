import { expect, test } from 'vitest'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { auditCsvHead, auditCsvLine } from './audit-csv.ts'

const record: AuditRecord = {
  seq: 7,
  at: new Date('2026-03-01T12:00:00Z'),
  actor: { id: null, name: 'Ada', kind: 'user' },
  action: 'switchover.request',
  target: 'main',
  clusterId: null,
  clusterName: 'main',
  reason: null,
  outcome: 'requested',
  operationId: null,
  detail: { to: 'pg-node-2' },
  hash: 'ab',
  previousHash: 'cd',
}

test('what one person did alone is marked', () => {
  expect(auditCsvLine({ ...record, detail: { breakGlass: true } })).toContain(',yes,"{""breakGlass"":true}",')
})

test('a line has a cell for each column', () => {
  expect(auditCsvLine(record)).toBe(
    '7,2026-03-01T12:00:00.000Z,Ada,user,switchover.request,main,main,requested,,,,"{""to"":""pg-node-2""}",ab\r\n',
  )
  expect(auditCsvHead.split(',')).toHaveLength(13)
})

test.each(['=cmd|calc', '+1', '-1', '@sum(a1)', '\t=1', '\r=1', '\n=1'])('%j is no formula', (reason) => {
  const line = auditCsvLine({ ...record, reason })
  expect(line).toMatch(/,"?'[=+\-@\t\r\n]/)
})
