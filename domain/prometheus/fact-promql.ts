import type { FactScope } from '#domain/alerts/rule.ts'
import { familyOf } from './fact-family.ts'

/** `{cluster="orders"}`, or nothing for all. */
export type Selector = string

/** The expression whose value is a fact's number in the unit that rules have it in; null where Prometheus is not told of it. */
export function factPromql(scope: FactScope, fact: string, selector: Selector): string | null {
  const family = familyOf(scope, fact)
  if (family) return family.scale === 1 ? `${family.name}${selector}` : `${family.name}${selector} / ${family.scale}`
  const found = Object.hasOwn(grown, `${scope} ${fact}`) ? grown[`${scope} ${fact}`] : undefined
  return found?.(selector) ?? null
}

/** What tells by its growth: here the console tells the counter or the level, and Prometheus has seen how it went. */
const grown: Record<string, (selector: Selector) => string> = {
  'cluster deadlocks': deadlocks,
  'cluster deadlocksSeen': deadlocks,
  'cluster requestedCheckpoints': requestedCheckpoints,
  'cluster requestedCheckpointsSeen': requestedCheckpoints,
  'cluster newChecksumFailures': (selector) => increase('matriarch_member_checksum_failures_total', '30m', selector),
  // No rate: how often it grew is exactly by how much.
  'cluster etcdTermChanges': (selector) =>
    `max_over_time(matriarch_cluster_etcd_raft_term${selector}[15m]) - min_over_time(matriarch_cluster_etcd_raft_term${selector}[15m])`,
  'member dataFullSeconds': (selector) =>
    `matriarch_member_data_free_bytes${selector} / -(deriv(matriarch_member_data_free_bytes${selector}[30m]) < 0)`,
}

function deadlocks(selector: Selector): string {
  return increase('matriarch_member_deadlocks_total', '10m', selector)
}

function requestedCheckpoints(selector: Selector): string {
  return increase('matriarch_member_requested_checkpoints_total', '30m', selector)
}

/** Of whoever leads: counters are each member's own. */
function increase(name: string, over: string, selector: Selector): string {
  return `sum by (cluster) (increase(${name}${selector}[${over}]) and on (cluster, member) matriarch_member_is_leader${selector} == 1)`
}
