import { alertRules, ruleOf } from '#domain/alerts/catalogue/catalogue.ts'
import { loadRule, overrideFaults } from '#domain/alerts/load-rule.ts'
import type { AlertRule, RuleOverride } from '#domain/alerts/rule.ts'
import { untriable } from '#domain/alerts/try-rule.ts'
import { AppError } from '#server/errors.ts'
import { tryRule, type RuleTrial } from '#server/alerts/try-rule.ts'
import { readOverrides, saveOverride, type Body } from '#server/store/alerts/rule-overrides.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

/** A rule as it comes, and what a cluster has otherwise. */
export interface ShownRule {
  rule: AlertRule
  /** Null = as it comes. */
  override: RuleOverride | null
  setBy: string | null
  setAt: Date | null
  /** Why it cannot be tried over the past; null = it can. */
  untriable: string | null
}

interface Asked extends Body {
  cluster: string
  rule: string
}

/** Every rule with what a cluster has of it otherwise. */
export async function listRules(store: Store, name: string): Promise<ShownRule[]> {
  const cluster = await needCluster(store, name)
  const overrides = await readOverrides(store.pool, cluster.id)
  return alertRules.map((rule) => {
    const stored = overrides.find(({ override }) => override.ruleId === rule.id)
    return {
      rule,
      override: stored?.override ?? null,
      setBy: stored?.setBy ?? null,
      setAt: stored?.setAt ?? null,
      untriable: untriable(loadRule(rule)),
    }
  })
}

/** What a rule would have done within the last week if it had been so. Throws AppError `invalid` for what does not fit it. */
export async function tryChangedRule(
  store: Store,
  { cluster: name, rule: ruleId, ...body }: Asked,
): Promise<RuleTrial> {
  const cluster = await needCluster(store, name)
  return tryRule(store, {
    clusterId: cluster.id,
    rule: fitting(ruleId, body),
    override: { ruleId, ...body },
    now: new Date(),
  })
}

/** Sets what of a rule a cluster has otherwise; without anything said it is again as it comes. */
export async function setRule(
  { act, services: { store } }: CommandContext,
  { cluster: name, rule: ruleId, reason, ...body }: Asked & { reason: string },
): Promise<ShownRule[]> {
  const cluster = await needCluster(store, name)
  const given = { target: `${cluster.name}/${ruleId}`, cluster, reason }
  act.on({ ...given, detail: { after: body } })
  fitting(ruleId, body)
  await act.commit(async (tx) => {
    const overrides = await readOverrides(tx, cluster.id)
    const before = overrides.find(({ override }) => override.ruleId === ruleId)?.override ?? null
    act.on({ ...given, detail: { before, after: body } })
    const isChange = Object.keys(body).length > 0
    await saveOverride(tx, { clusterId: cluster.id, ruleId, body: isChange ? body : null, setBy: act.actor.name })
    await tellAlerts(tx, cluster.id)
  })
  return listRules(store, name)
}

function fitting(ruleId: string, body: Body): AlertRule {
  const rule = ruleOf(ruleId)
  if (!rule) throw new AppError('not-found', `There is no rule ${ruleId}.`)
  const fields = overrideFaults(rule, { ruleId, ...body })
  const [first] = fields
  if (first) throw new AppError('invalid', first.sentence, { fields })
  return rule
}
