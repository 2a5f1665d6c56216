import type { SetupCheck, SetupFinding } from './setup-finding.ts'
import type { SetupInput } from './setup-input.ts'
import type { SetupRule } from './rule.ts'
import { setupRules } from './setup-rules.ts'

/** Every rule with how it came out for what was seen of a cluster: the failed ones first, worst first, then the unseen, then the rest. */
export function checkSetup(input: SetupInput): SetupCheck[] {
  return setupRules.map((rule) => checkRule(rule, input)).toSorted((a, b) => rankOf(a) - rankOf(b))
}

function checkRule({ rule, title, layer, check }: SetupRule, input: SetupInput): SetupCheck {
  const outcome = check(input)
  const named = { rule, title, layer }
  if ('unseen' in outcome) return { ...named, outcome: 'unseen', why: outcome.unseen, findings: [] }
  if ('notApplicable' in outcome) {
    return { ...named, outcome: 'not-applicable', why: outcome.notApplicable, findings: [] }
  }
  const findings = outcome
    .map((found): SetupFinding => ({ rule, ...found }))
    .toSorted((a, b) => severities[a.severity] - severities[b.severity])
  return { ...named, outcome: findings.length > 0 ? 'failed' : 'passed', why: null, findings }
}

function rankOf({ outcome, findings }: SetupCheck): number {
  return outcomes[outcome] * 10 + severities[findings[0]?.severity ?? 'info']
}

const severities = { critical: 0, warning: 1, info: 2 } as const satisfies Record<SetupFinding['severity'], number>
const outcomes = { failed: 0, unseen: 1, passed: 2, 'not-applicable': 3 } as const satisfies Record<
  SetupCheck['outcome'],
  number
>
