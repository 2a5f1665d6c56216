import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'

/** A plan to recover a cluster of three to a moment, whose first node leads and which asks no check query. */
export function restorePlan(changes: Partial<RestorePlan> = {}): RestorePlan {
  const nodes = { leader: 'pg-node-1', node: 'pg-node-1', replicas: ['pg-node-2', 'pg-node-3'] }
  return madeRestorePlan({ clusterName: 'demo', ...nodes, check: null, ...changes })
}
