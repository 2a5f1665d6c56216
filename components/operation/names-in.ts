import type { Operation } from '#domain/operation/operation.ts'
import { isLeadPlan, type LeadPlan, type Plan } from '#domain/plan/plan.ts'

/** Names that stand out in what is said of an operation. */
export function namesIn({ plan }: Operation): string[] {
  const others = isLeadPlan(plan) ? plan.candidates.map((candidate) => candidate.name) : nodesIn(plan)
  return [...new Set([plan.leader, ...others])].filter((name) => name !== '')
}

function nodesIn(plan: Exclude<Plan, LeadPlan>): string[] {
  if (plan.kind === 'restore') return [plan.node, ...plan.replicas]
  if (plan.kind === 'signal-backend') return [plan.member]
  if (plan.kind === 'reinitialise') return [plan.member, ...plan.sources]
  if (plan.kind === 'haproxy-command') return [plan.server]
  if (plan.kind === 'remove-cluster') return [plan.clusterName]
  if (plan.kind === 'pooler-command' || plan.kind === 'pooler-pause') return plan.nodes
  return 'node' in plan ? [plan.node] : plan.kept.map(({ node }) => node)
}
