import { listNames } from '#domain/words.ts'
import type { Found, SetupRule } from './rule.ts'
import type { SetupFinding } from './setup-finding.ts'
import type { SetupInput } from './setup-input.ts'
import { settingOnMembers, settingText, settingUnseen, type SettingSeen } from './settings.ts'

interface SettingRuleOf {
  rule: string
  title: string
  setting: string
  severity: SetupFinding['severity']
  /** Null = it cannot be said. */
  isFine: (setting: SettingSeen, input: SetupInput) => boolean
  /** What is set where, e.g. `fsync is off on pg-node-1`; followed by what is wrong with it. */
  wrong: string
  risk: string
  worstCase: string | ((input: SetupInput) => string)
  fix: SetupFinding['fix']
  /** Why it does not apply; null = it does. */
  notApplicable?: (input: SetupInput) => string | null
}

/** A rule on one setting of Postgres, told once for all members on which it is not fine. */
export function settingRule(of: SettingRuleOf): SetupRule {
  const { rule, title, setting, isFine, notApplicable } = of
  return {
    rule,
    title,
    layer: 'postgres',
    needs: ['members'],
    check: (input) => {
      const { seen, unseen } = settingOnMembers(input, setting)
      if (seen.length === 0 && unseen.length === 0) return { unseen: 'No member is in sight.' }
      const why = notApplicable?.(input) ?? null
      if (why !== null) return { notApplicable: why }
      const wrong = seen.filter((each) => !isFine(each, input))
      if (wrong.length > 0) return [foundOf(of, wrong, seen.length + unseen.length, input)]
      return unseen.length === 0 ? [] : { unseen: settingUnseen(setting, unseen) }
    },
  }
}

function foundOf(of: SettingRuleOf, wrong: readonly SettingSeen[], members: number, input: SetupInput): Found {
  const { setting, severity, wrong: what, risk, worstCase, fix } = of
  const [first] = wrong
  const values = [...new Set(wrong.map((each) => settingText(each)))]
  const where = wrong.length === members && members > 1 ? 'every member' : listNames(wrong.map(({ member }) => member))
  return {
    severity,
    member: wrong.length === 1 ? (first?.member ?? null) : null,
    sentence: `${setting} is ${listNames(values)} on ${where}: ${what}.`,
    risk,
    worstCase: typeof worstCase === 'string' ? worstCase : worstCase(input),
    fix,
  }
}
