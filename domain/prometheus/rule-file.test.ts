import { expect, test } from 'vitest'
import { allFamilies } from './all-families.ts'
import { ruleFile } from './rule-file.ts'

test('the file of rules in the documents is that of the catalogue', async () => {
  await expect(ruleFile()).toMatchFileSnapshot('../../docs/prometheus/alert-rules.yml')
})

test('every metric that a rule names is told', () => {
  const told = new Set(allFamilies.map(({ name }) => name))
  const named = [...ruleFile().matchAll(/\bmatriarch_\w+/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter((name) => !told.has(name))).toEqual([])
})

test.each([
  [
    "the guide's lag of replication",
    'matriarch_member_replay_lag_seconds > 30 and matriarch_member_is_leader == 0',
    '300s',
  ],
  ["the guide's pool nearly used up", 'matriarch_pool_busy_ratio > 0.9 and (', '120s'],
  ["the guide's cluster without a leader", "'matriarch_cluster_has_leader == 0'", '60s'],
])('%s is there', (_, expr, lasting) => {
  const rule = ruleFile()
    .split('  - alert: ')
    .find((text) => text.includes(expr))
  expect(rule).toContain(`for: ${lasting}\n`)
})

test('metrics have names of their own, in which units come last', () => {
  const names = allFamilies.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(allFamilies.filter(({ type, name }) => (type === 'counter') !== name.endsWith('_total'))).toEqual([])
})
