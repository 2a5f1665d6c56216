import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import type { GoldenCase } from '#domain/judgement/golden/golden-case.ts'
import { leadCases } from '#domain/judgement/golden/lead-cases.ts'
import { modeCases } from '#domain/judgement/golden/mode-cases.ts'
import { replicaCases } from '#domain/judgement/golden/replica-cases.ts'
import { sightCases } from '#domain/judgement/golden/sight-cases.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { followAll } from '#domain/testing/follow.ts'
import { factsOf } from '#domain/alerts/facts/facts-of.ts'
import { allDelivered } from '#domain/alerts/facts/sources.ts'
import { emptyTrail } from '#domain/alerts/facts/trail.ts'
import { judgeRules } from '#domain/alerts/judge-rules.ts'
import { inForce, loadRule } from '#domain/alerts/load-rule.ts'
import { alertRules } from './catalogue.ts'

const rules = alertRules.map((rule) => inForce(loadRule(rule), undefined))

test('in each situation exactly these rules hold, if only for a moment', async () => {
  const cases = [...leadCases, ...modeCases, ...replicaCases, ...sightCases]
  const lines = cases.map((golden) => `${golden.name}: ${holding(golden).join(', ') || '-'}`)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./golden-cases.txt')
})

function holding({ steps, judgedAt }: GoldenCase): string[] {
  const snapshot = followAll(...steps).at(-1)
  const now = judgedAt ?? steps.at(-1)?.at
  if (!snapshot || !now) throw new Error('A case has at least one step.')
  const { rows } = factsOf({
    snapshot,
    assessment: assess(snapshot, now),
    sight: sightOf(snapshot, now),
    stack: null,
    samples: [],
    backups: null,
    agents: [],
    trail: emptyTrail,
    unknownSince: null,
    undelivered: allDelivered,
    now,
  })
  return judgeRules(rules, rows)
    .filter(({ holds }) => holds === true)
    .map(({ rule, row }) => (row.member === null ? rule.rule.id : `${rule.rule.id} ${row.member}`))
}
