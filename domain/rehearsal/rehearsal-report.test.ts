import { expect, test } from 'vitest'
import { planRehearsal } from '#domain/plan/plan-rehearsal.ts'
import { rehearsalReport } from './rehearsal-report.ts'
import type { RehearsalResult } from './rehearsal-result.ts'
import { minute } from '#domain/testing/backup-made.ts'
import { madeAttempt, madeOperation } from '#domain/testing/operation-made.ts'
import { madeCase } from '#domain/testing/restore-case.ts'

const plan = planRehearsal({
  ...madeCase(),
  wish: {
    target: { type: 'time', at: minute(9), timeline: null },
    repository: null,
    node: null,
    check: null,
    verifiesPages: true,
    extract: null,
  },
})

function result(change: Partial<RehearsalResult> = {}): RehearsalResult {
  return {
    kind: 'rehearsal',
    isGood: true,
    fault: null,
    node: 'pg-node-1',
    set: '20261124-000700F',
    repository: 1,
    targetWords: '2026-11-24 00:09:00.000 UTC',
    attempt: madeAttempt(),
    check: null,
    tables: [],
    pages: { relations: 61, faults: [], problem: null },
    extract: { node: 'pg-node-1', name: 'orders.dump', bytes: 12_000, sha256: 'abc' },
    phases: [{ name: 'Restore', ms: 61_000 }],
    recoveryMs: 70_000,
    restoredBytes: 1_000_000,
    ...change,
  }
}

test('one that went well', () => {
  const report = rehearsalReport(madeOperation(plan, result(), { outcome: 'It can be recovered.' }))
  expect(report).toMatch(/^# Rehearsal of a recovery of postgres-cluster\n\nIt can be recovered\.\n/)
  expect(report).toContain('The backups yielded what was asked for.')
  expect(report).toContain('Recovery stopped before commit of transaction 725')
  expect(report).toContain('amcheck looked through 61 relations and found no fault.')
  expect(report).toContain('- File: orders.dump on pg-node-1\n- Size: 12 kB\n- SHA-256: abc')
  expect(report).toContain('1 MB were restored. A real recovery of this size would take 1 min 10 s until')
  expect(report).not.toMatch(/undefined|null|NaN/)
})

test('one that did not', () => {
  const pages = { relations: 3, faults: ['index "a": item order'], problem: 'out of memory' }
  const bad = result({
    isGood: false,
    fault: 'A segment is missing.',
    attempt: null,
    pages,
    extract: null,
    recoveryMs: null,
  })
  const report = rehearsalReport(madeOperation(plan, bad))
  expect(report).toContain('They did not: A segment is missing.')
  expect(report).toContain('found 1 fault.\n\nIt did not come to its end: out of memory\n\n- index "a": item order\n')
  expect(report).toContain('was not measured')
  expect(report).not.toContain('## What was taken out')
  expect(rehearsalReport(madeOperation(plan, null, { outcome: 'Refused.' }))).toContain('Refused.')
  expect(rehearsalReport(madeOperation(plan, result({ pages: null })))).toContain('amcheck was not asked for.')
})
