import type { AlertRule } from '#domain/alerts/rule.ts'
import { backupRules } from './backup-rules.ts'
import { capacityRules } from './capacity-rules.ts'
import { consensusRules } from './consensus-rules.ts'
import { consoleRules, standStill } from './console-rules.ts'
import { leadershipRules } from './leadership-rules.ts'
import { memberRules } from './member-rules.ts'
import { poolingRules } from './pooling-rules.ts'
import { replicationRules } from './replication-rules.ts'
import { routingRules } from './routing-rules.ts'
import { workloadRules } from './workload-rules.ts'

/** Every rule that a cluster's alerts are found by, as it comes. */
export const alertRules: readonly AlertRule[] = [
  ...leadershipRules,
  ...memberRules,
  ...replicationRules,
  ...consensusRules,
  ...routingRules,
  ...poolingRules,
  ...capacityRules,
  ...workloadRules,
  ...backupRules,
  ...consoleRules,
]

/** A rule by its id, the watchdog's included; undefined where there is none. */
export function ruleOf(id: string): AlertRule | undefined {
  return id === standStill.id ? standStill : alertRules.find((rule) => rule.id === id)
}
