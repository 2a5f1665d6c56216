import type { AlertCause, RuleOverride } from '#domain/alerts/rule.ts'
import { labClusterName } from './lab-cluster.ts'
import type { Rest } from './rest.ts'
import { until } from './until.ts'

/** Sets rules of the lab otherwise, as by minutes shorter, until the end of the scope. */
export async function otherRules(
  rest: Rest,
  rules: Record<string, Omit<RuleOverride, 'ruleId'>>,
): Promise<AsyncDisposable> {
  const undo = async () => {
    for (const rule of Object.keys(rules)) {
      await rest.setRule(labClusterName, rule, { reason: 'the test is over' })
    }
  }
  try {
    for (const [rule, change] of Object.entries(rules)) {
      await rest.setRule(labClusterName, rule, { ...change, reason: 'the test waits for it' })
    }
  } catch (error) {
    await undo()
    throw error
  }
  return { [Symbol.asyncDispose]: undo }
}

/**
 * Turns rules of these causes off that fire by what tests before this one broke, which can go on for half an hour, until the end of
 * the scope: what an incident of theirs takes in ends with it, and not before.
 */
export async function hushRules(rest: Rest, causes: ReadonlySet<AlertCause>): Promise<AsyncDisposable> {
  const loud = async () =>
    (await rest.alerts(labClusterName))
      .filter(({ cause, severity, state }) => state === 'firing' && severity !== 'info' && causes.has(cause))
      .map(({ ruleId }) => ruleId)
  const off = { isEnabled: false }
  const hushed = await otherRules(rest, Object.fromEntries((await loud()).map((rule) => [rule, off])))
  try {
    await until({ what: 'no alert of these causes fires', timeoutMs: 120_000, everyMs: 1_000 }, async () => {
      const still = await loud()
      if (still.length === 0) return true
      throw new Error(`What still fires: ${still.join(', ')}.`)
    })
  } catch (error) {
    await hushed[Symbol.asyncDispose]()
    throw error
  }
  return hushed
}
