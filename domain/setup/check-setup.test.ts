import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryNoon, arbitraryReadings } from '#domain/testing/arbitrary-readings.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { truthTable } from '#domain/judgement/truth/truth-table.ts'
import type { Change } from '#domain/testing/setup-changed.ts'
import { wellSetUp } from '#domain/testing/setup-made.ts'
import { checkSetup } from './check-setup.ts'
import { consoleCases, pgbackrestCases } from './cases/keeping.ts'
import { patroniCases } from './cases/patroni.ts'
import { postgresCases } from './cases/postgres.ts'
import { etcdCases, haproxyCases, pgbouncerCases } from './cases/routing.ts'
import type { SetupCheck } from './setup-finding.ts'
import type { SetupInput } from './setup-input.ts'
import { setupRules } from './setup-rules.ts'
import { setupSentence } from './setup-sentence.ts'

const cases = [
  ...patroniCases,
  ...postgresCases,
  ...pgbouncerCases,
  ...haproxyCases,
  ...etcdCases,
  ...pgbackrestCases,
  ...consoleCases,
]

const well = wellSetUp()
const unchanged: Change = (input) => input

describe.each(cases)('$rule', ({ rule, fails, says, unseen, passes = unchanged, idle }) => {
  test('fails with what may come of it, at what cost, and a fix', () => {
    const { outcome, findings } = checked(rule, fails)
    expect(outcome).toBe('failed')
    for (const { sentence, risk, worstCase, fix } of findings) {
      for (const text of [sentence, risk, worstCase]) expect(text).toMatch(/^[^\n]{8,}\.$/)
      expect(`${sentence} ${risk} ${worstCase}`).not.toMatch(/undefined|NaN|null|\[object|Infinity/)
      expect(fix?.paste).toMatch(/\S/)
      expect(fix?.where).toMatch(/\S/)
    }
    expect(findings[0]?.worstCase).toMatch(says ?? /./)
  })

  test('is unseen, with what would let it be seen', () => {
    const { outcome, why } = checked(rule, unseen)
    expect([outcome, why]).toEqual(['unseen', expect.stringMatching(/\.$/)])
  })

  test('passes where all is well, unless that does not show', () => {
    const outcomes = [passes ?? unchanged, idle].map((change) => change && checked(rule, change).outcome)
    expect(outcomes).toEqual([passes === null ? 'unseen' : 'passed', idle && 'not-applicable'])
  })
})

test('a disk that lasts for years is not given a day on which it is full', () => {
  const input = { ...wellSetUp() }
  const roomy = { ...input, agents: input.agents?.map((agent) => ({ ...agent, dataFreeBytes: 1e15 })) ?? null }
  const unlimited = cases.find(({ rule }) => rule === 'postgres-slot-limit')?.fails ?? unchanged
  const found = checkSetup(unlimited(roomy)).find(({ rule }) => rule === 'postgres-slot-limit')
  expect(found?.findings[0]?.worstCase).toMatch(
    /^No writes once the disk is full, which at today's rate with 1 PB free takes more than a year\.$/,
  )
})

test('there are more than thirty-six rules, each with a case', () => {
  const names = setupRules.map(({ rule }) => rule)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(36)
  expect([...new Set(cases.map(({ rule }) => rule))].toSorted()).toEqual(names.toSorted())
})

test('in a set-up in which nothing is wrong nothing fails', () => {
  const checks = checkSetup(well)
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  expect(setupSentence(checks)).toMatch(/^No rule fails of \d+ that could be judged\. 3 rules could not be judged/)
})

test('the worst comes first, and the page begins with what it would cost', () => {
  const checks = checkSetup({
    ...well,
    snapshot: well.snapshot && {
      ...well.snapshot,
      config: well.snapshot.config && { ...well.snapshot.config, failsafeMode: false, ttlSeconds: 20 },
    },
  })
  expect(checks.slice(0, 2).map(({ rule }) => rule)).toEqual(['patroni-ttl-covers-retries', 'patroni-failsafe'])
  expect(setupSentence(checks)).toMatch(/^2 of \d+ rules fail\. The worst would cost: two leaders for up to 10 s/)
})

test('where nothing was seen nothing has passed', () => {
  const checks = checkSetup(nothing)
  expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(['unseen']))
  expect(setupSentence(checks)).toMatch(/^None of \d+ rules could be judged yet\.$/)
})

const nothing: SetupInput = {
  snapshot: null,
  stack: null,
  backups: null,
  schedules: null,
  rehearsals: null,
  agents: null,
  endpoints: null,
  obeyedAt: null,
  now: well.now,
}

test('no combination of what is missing breaks a rule, and none lets one pass that was unseen before', () => {
  const parts = ['snapshot', 'stack', 'backups', 'schedules', 'rehearsals', 'agents', 'endpoints'] as const
  const layers = ['postgres', 'pooler'] as const
  const changes = cases.flatMap(({ fails, unseen }) => [fails, unseen])
  fc.assert(
    fc.property(
      fc.subarray([...parts]),
      fc.subarray([...layers]),
      fc.constantFrom(...changes),
      arbitraryReadings,
      fc.boolean(),
      (missing, lost, change, readings, isStrange) => {
        const changed = change(well)
        const snapshot = isStrange ? takeSnapshot(null, readings, arbitraryNoon) : changed.snapshot
        const stack = changed.stack && {
          ...changed.stack,
          members: changed.stack.members.map((member) => ({
            ...member,
            ...Object.fromEntries(lost.map((name) => [name, null])),
          })),
        }
        const input = { ...changed, snapshot, stack, ...Object.fromEntries(missing.map((name) => [name, null])) }
        const checks = checkSetup(input)
        expect(checks).toHaveLength(setupRules.length)
        for (const { outcome, why, findings } of checks) {
          expect(outcome === 'failed').toBe(findings.length > 0)
          expect(why === null).toBe(outcome === 'failed' || outcome === 'passed')
        }
        expect(setupSentence(checks)).not.toMatch(/undefined|NaN/)
        if (snapshot) truthTable(snapshot, stack, input.now)
      },
    ),
    { numRuns: 60 },
  )
}, 30_000)

function checked(rule: string, change: Change): SetupCheck {
  const check = checkSetup(change(well)).find((each) => each.rule === rule)
  if (!check) throw new Error(`There is no rule ${rule}.`)
  return check
}
