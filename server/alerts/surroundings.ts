import type { RuleInForce, LoadedRule } from '#domain/alerts/load-rule.ts'
import { inForce } from '#domain/alerts/load-rule.ts'
import type { AgentSource, ApprovalsSeen, BackupsSource, Undelivered } from '#domain/alerts/facts/sources.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { listAgents } from '#server/store/agents.ts'
import { readAuditDisputed } from '#server/store/alerts/audit-disputed.ts'
import { readOverrides } from '#server/store/alerts/rule-overrides.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { readDecisionAskedAt } from '#server/store/alerts/decision-asked.ts'
import { approvalsSeen } from '#server/store/approvals/seen.ts'
import { readUndelivered } from '#server/store/notifications/undelivered.ts'
import { nodeSights } from '#server/store/node-sights.ts'
import type { Store } from '#server/store/open.ts'
import { rehearsalsSeen } from '#server/store/rehearsals-seen.ts'
import { schedulesSeen } from '#server/store/schedules-seen.ts'

/** What is known of a cluster beside its snapshot, as the store has it: read now and then. */
export interface Surroundings {
  rules: readonly RuleInForce[]
  agents: readonly AgentSource[]
  /** Judged when they were read. */
  backups: BackupsSource | null
  undelivered: Undelivered
  approvals: ApprovalsSeen
  /** Since when an operation waits for a decision; null = none does. */
  decisionAskedAt: Date | null
  isAuditDisputed: boolean
}

/** Reads the surroundings of a cluster. */
export async function readSurroundings(
  store: Store,
  { clusterId, rules, now }: { clusterId: string; rules: readonly LoadedRule[]; now: Date },
): Promise<Surroundings> {
  const [overrides, agents, backups, undelivered, approvals, decisionAskedAt, isAuditDisputed] = await Promise.all([
    readOverrides(store.pool, clusterId),
    readAgents(store, clusterId),
    readBackupsSource(store, clusterId, now),
    readUndelivered(store.pool, clusterId),
    approvalsSeen(store.pool, clusterId),
    readDecisionAskedAt(store.pool, clusterId),
    readAuditDisputed(store.pool, clusterId),
  ])
  return {
    rules: rules.map((rule) => inForce(rule, overrides.find(({ override }) => override.ruleId === rule.id)?.override)),
    agents,
    backups,
    undelivered,
    approvals,
    decisionAskedAt,
    isAuditDisputed,
  }
}

async function readAgents(store: Store, clusterId: string): Promise<AgentSource[]> {
  const [agents, sights] = await Promise.all([listAgents(store, clusterId), nodeSights(store, clusterId)])
  return agents.map((agent) => {
    const sight = sights.get(agent.id)
    return { ...agent, dataFreeBytes: sight?.dataFreeBytes ?? null, nodeSeenAt: sight?.seenAt ?? null }
  })
}

async function readBackupsSource(store: Store, clusterId: string, now: Date): Promise<BackupsSource | null> {
  const [{ view, takenAt }, rehearsals, schedules] = await Promise.all([
    readBackups(store, clusterId),
    rehearsalsSeen(store, clusterId),
    schedulesSeen(store, clusterId),
  ])
  if (view === null || takenAt === null) return null
  return { view, takenAt, rehearsals, judged: judgeBackups(view, now, { rehearsals, ...schedules }) }
}
