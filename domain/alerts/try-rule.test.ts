import { expect, test } from 'vitest'
import { alertRules, ruleOf } from './catalogue/catalogue.ts'
import { inForce, loadRule } from './load-rule.ts'
import type { RuleOverride } from './rule.ts'
import { seriesFor, tryOver, untriable } from './try-rule.ts'

const from = new Date('2026-11-20T00:00:00.000Z')
const members = ['pg-1', 'pg-2']

function loaded(id: string) {
  const rule = ruleOf(id)
  if (!rule) throw new Error(`There is no rule ${id}.`)
  return loadRule(rule)
}

function tryOut(id: string, values: Record<string, (number | null)[]>, override?: RuleOverride) {
  const rule = inForce(loaded(id), override)
  const series = seriesFor(rule.rule, members).map((name) => ({
    name,
    values: values[`${name.member ?? ''} ${name.metric}`.trim()] ?? [],
  }))
  return tryOver(rule, { from, stepSeconds: 120, series, members })
}

const minutes = (at: Date | null) => at && (at.getTime() - from.getTime()) / 60_000

test('lag of a replica is tried as it would have fired: after five minutes, with a gap that neither fires nor resolves', () => {
  const isLeader = { 'pg-1 isLeader': Array(12).fill(1), 'pg-2 isLeader': Array(12).fill(0) }
  const lag = [0, 40, 40, 40, 40, null, null, 40, 0, 0, 0, 0]
  const firings = tryOut('replication-lag', { ...isLeader, 'pg-2 replayLagSeconds': lag, 'pg-1 replayLagSeconds': lag })
  expect(firings.map(({ subject, firedAt, resolvedAt }) => [subject, minutes(firedAt), minutes(resolvedAt)])).toEqual([
    ['pg-2', 10, 20],
  ])
  const stricter = { ruleId: 'replication-lag', parameters: { seconds: 100 } }
  expect(tryOut('replication-lag', { ...isLeader, 'pg-2 replayLagSeconds': lag }, stricter)).toEqual([])
})

test('what belongs to the leader follows the lead', () => {
  const isLeader = { 'pg-1 isLeader': [1, 1, 1, 0, 0, 0, 0, 0], 'pg-2 isLeader': [0, 0, 0, 1, 1, 1, 1, 1] }
  const queue = { 'pg-1 archiveQueue': Array(8).fill(99), 'pg-2 archiveQueue': [0, 0, 0, 99, 99, 99, 99, 99] }
  expect(tryOut('archiver-behind', { ...isLeader, ...queue })).toMatchObject([
    { subject: 'the cluster', resolvedAt: null },
  ])
  expect(tryOut('archiver-behind', { ...isLeader, 'pg-1 archiveQueue': Array(8).fill(99) })).toEqual([])
})

test('whoever cannot be tried says why', () => {
  expect(untriable(loaded('pool-exhausted'))).toContain('cannot be said')
  expect(untriable(loaded('rehearsal-failed'))).toBe(
    'What it would have done cannot be said: rehearsal is not sampled.',
  )
  expect(seriesFor(loaded('pool-exhausted'), members)).toEqual([])
  const triable = alertRules.filter((rule) => untriable(loadRule(rule)) === null).map(({ id }) => id)
  expect(triable).toEqual(
    expect.arrayContaining(['no-leader', 'replication-lag', 'connections-high', 'etcd-no-quorum', 'wraparound']),
  )
})
