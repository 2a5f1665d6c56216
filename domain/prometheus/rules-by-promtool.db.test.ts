import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alertRules } from '#domain/alerts/catalogue/catalogue.ts'
import { factNames } from '#domain/alerts/facts/names.ts'
import type { FactDefinition } from '#domain/alerts/facts/definition.ts'
import { judgeRules } from '#domain/alerts/judge-rules.ts'
import { inForce, loadRule } from '#domain/alerts/load-rule.ts'
import type { Fact, FactRow, FactScope } from '#domain/alerts/rule.ts'
import { formatSamples } from './exposition.ts'
import { allFamilies } from './all-families.ts'
import { familyOf } from './fact-family.ts'
import { factSamples } from './fact-samples.ts'
import { identityLabels } from './identity.ts'
import { alertName, ruleFile } from './rule-file.ts'

const rules = alertRules.map((rule) => inForce(loadRule(rule), undefined))
const file = resolve('docs/prometheus/alert-rules.yml')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matriarch-promtool-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

test('promtool finds nothing wrong with the rules', () => {
  expect(promtool('check', 'rules', file)).toContain('SUCCESS')
})

test('whatever is known, Prometheus finds the very alerts that the console finds', () => {
  const clusters = fc.sample(fc.record(Object.fromEntries(scopes.map((scope) => [scope, factsOf(scope)]))), {
    seed: 7,
    numRuns: 60,
  })
  const told = clusters.map((facts, index) => ({
    cluster: `c${index}`,
    rows: scopes.map((scope) => rowOf(scope, facts[scope] ?? {})),
  }))
  const found = told.flatMap(({ cluster, rows }) =>
    judgeRules(rules, rows)
      .filter(({ holds }) => holds === true)
      .map(({ rule, row }) => labelText({ alertname: alertName(rule.rule.id), ...labelsOf(cluster, row) })),
  )
  // Were a rule never found, this would prove nothing of it.
  const unfound = alertRules.filter(
    ({ id }) => !grown.has(id) && !found.some((text) => text.includes(`"${alertName(id)}"`)),
  )
  expect(unfound.map(({ id }) => id)).toEqual([])
  const samples = told.flatMap(({ cluster, rows }) => factSamples(cluster, rows))
  const answer = testRules({
    series: seriesOf(formatSamples(allFamilies, samples)),
    alerts: found,
    interval: '20m',
    file: withoutAnnotations(),
  })
  expect(answer).toContain('SUCCESS')
})

test('what tells by its growth is found over the counters', () => {
  const growing = (name: string, perStep: number, labels = 'cluster="a",member="m"') => ({
    series: `matriarch_${name}{${labels}}`,
    values: `0+${perStep}x20`,
  })
  const steady = (name: string, value: number, labels = 'cluster="a",member="m"') => ({
    series: `matriarch_${name}{${labels}}`,
    values: `${value}+0x20`,
  })
  const series = [
    steady('member_is_leader', 1),
    steady('member_is_leader', 0, 'cluster="a",member="r"'),
    growing('member_deadlocks_total', 10),
    growing('member_checksum_failures_total', 10, 'cluster="a",member="r"'),
    growing('member_requested_checkpoints_total', 5),
    growing('cluster_etcd_raft_term', 3, 'cluster="a"'),
    { series: 'matriarch_member_data_free_bytes{cluster="a",member="m"}', values: '1e11-4e9x20' },
    { series: 'matriarch_member_data_free_bytes{cluster="a",member="r"}', values: '1e11+4e9x20' },
  ]
  const names = ['deadlocks', 'checkpoints-requested', 'etcd-elections'].map(
    (id) => `{alertname="${alertName(id)}",cluster="a"}`,
  )
  const alerts = [...names, `{alertname="${alertName('disk-filling')}",cluster="a",member="m"}`]
  expect(testRules({ series, alerts, interval: '5m', file })).toContain('SUCCESS')
})

/** Rules over what tells by its growth. */
const grown = new Set(['deadlocks', 'checkpoints-requested', 'checksums-fail', 'etcd-elections', 'disk-filling'])

const scopes = Object.keys(factNames) as FactScope[]

/** Facts of a scope at and about all that its rules compare them with; not known now and then. */
function factsOf(scope: FactScope): fc.Arbitrary<Record<string, Fact>> {
  const values = Object.entries<FactDefinition>(factNames[scope])
    .filter(([fact]) => familyOf(scope, fact) !== undefined)
    .map(([fact, { type, values: words = [''] }]): [string, fc.Arbitrary<Fact>] => {
      const known = {
        number: fc.constantFrom(...numbersNear(scope, fact)),
        boolean: fc.boolean(),
        string: fc.constantFrom(...words),
      }
      return [fact, fc.option<Fact>(known[type], { freq: 8 })]
    })
  return fc.record(Object.fromEntries(values))
}

function numbersNear(scope: FactScope, fact: string): number[] {
  const naming = rules.filter(({ rule }) => rule.scope === scope && rule.expression.includes(fact))
  const limits = naming.flatMap(({ rule, parameters }) => [
    ...Object.values(parameters),
    ...[...rule.expression.matchAll(/\b\d+/g)].map(Number),
  ])
  // The greatest twice: rules of two severities name the same fact.
  return [0, 1, ...limits.flatMap((limit) => [limit, limit * 0.9, limit * 1.5, -2 * limit]), 2 * Math.max(0, ...limits)]
}

function rowOf(scope: FactScope, facts: Record<string, Fact>): FactRow {
  return { scope, subject: 's', member: 'm', names: { database: 'd"\\', user: 'u' }, facts }
}

function labelsOf(cluster: string, { scope, subject, member, names }: FactRow): Record<string, string> {
  const known: Record<string, string> = { cluster, member: member ?? '', ...names }
  // A slot's or database's own name is its subject.
  return Object.fromEntries(identityLabels[scope].map((label) => [label, known[label] ?? subject]))
}

function labelText(labels: Record<string, string>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`
}

function seriesOf(text: string): { series: string; values: string }[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const at = line.lastIndexOf(' ')
      return { series: line.slice(0, at), values: `${line.slice(at + 1)}+0x20` }
    })
}

/** What promtool says of whether exactly these alerts fire after 100 minutes of these series. */
function testRules({
  series,
  alerts,
  interval,
  file: of,
}: {
  series: { series: string; values: string }[]
  alerts: string[]
  interval: string
  file: string
}): string {
  const path = join(folder, 'tests.json')
  const labels = [...new Set(['alertname', ...Object.values(identityLabels).flat()])].join(', ')
  const test = {
    interval,
    input_series: series,
    promql_expr_test: [
      {
        expr: `count by (${labels}) (ALERTS{alertstate="firing",alertname!="MatriarchGone"})`,
        eval_time: '100m',
        exp_samples: alerts.map((text) => ({ labels: text, value: 1 })),
      },
    ],
  }
  writeFileSync(path, JSON.stringify({ rule_files: [of], evaluation_interval: interval, tests: [test] }))
  return promtool('test', 'rules', path)
}

/** The rules without what they say when they fire: for thousands of alerts Prometheus would ask for that for a minute. */
function withoutAnnotations(): string {
  const path = join(folder, 'rules.yml')
  writeFileSync(path, ruleFile().replaceAll(/^ {4}annotations:\n(?: {6}.*\n)+/gm, ''))
  return path
}

function promtool(...words: string[]): string {
  try {
    return execFileSync('promtool', words, { encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`promtool ${words.join(' ')} found:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}
