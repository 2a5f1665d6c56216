import { checkSetup } from '#domain/setup/check-setup.ts'
import type { SetupCheck } from '#domain/setup/setup-finding.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import { setupSentence } from '#domain/setup/setup-sentence.ts'
import { truthTable, type TruthTable } from '#domain/judgement/truth/truth-table.ts'
import { listAgents } from '#server/store/agents.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { nodeSights } from '#server/store/node-sights.ts'
import type { Store } from '#server/store/open.ts'
import { listOperations } from '#server/store/operations.ts'
import { rehearsalsSeen } from '#server/store/rehearsals-seen.ts'
import { schedulesSeen } from '#server/store/schedules-seen.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { readStack } from '#server/store/stack-view.ts'
import { needCluster } from '../clusters/need.ts'

/** How every rule on the set-up of a cluster came out, and who leads by whom, as of `serverNow`. */
export interface CheckedSetup {
  cluster: string
  sentence: string
  /** Failed ones first, worst first. */
  checks: SetupCheck[]
  /** Null until the collector has looked once. */
  truth: TruthTable | null
  /** When the collector last looked, and when it last looked deeply; null = not yet. */
  seenAt: Date | null
  stackSeenAt: Date | null
  serverNow: Date
}

/** Judges the set-up of a cluster by all that is known of it; throws AppError `not-found`. */
export async function checkSetupOf(store: Store, name: string): Promise<CheckedSetup> {
  const cluster = await needCluster(store, name)
  const { id } = cluster
  const [snapshot, stack, backups, schedules, rehearsals, agents, obeyedAt] = await Promise.all([
    latestSnapshot(store, id),
    readStack(store, id),
    readBackups(store, id),
    schedulesSeen(store, id),
    rehearsalsSeen(store, id),
    agentsOf(store, id),
    lastObeyed(store, id),
  ])
  const { endpoints } = cluster
  const now = new Date()
  const checks = checkSetup({
    snapshot,
    stack,
    backups,
    schedules,
    rehearsals,
    agents,
    endpoints,
    obeyedAt,
    now,
  })
  return {
    cluster: cluster.name,
    sentence: setupSentence(checks),
    checks,
    truth: snapshot && truthTable(snapshot, stack, now),
    seenAt: snapshot?.takenAt ?? null,
    stackSeenAt: stack?.takenAt ?? null,
    serverNow: now,
  }
}

async function agentsOf(store: Store, clusterId: string): Promise<NonNullable<SetupInput['agents']>> {
  const [agents, sights] = await Promise.all([listAgents(store, clusterId), nodeSights(store, clusterId)])
  return agents.map((agent) => ({ ...agent, dataFreeBytes: sights.get(agent.id)?.dataFreeBytes ?? null }))
}

/** When Patroni last did what it was asked to by REST. */
async function lastObeyed(store: Store, clusterId: string): Promise<Date | null> {
  const operations = await listOperations(store, { clusterId, state: 'succeeded', limit: 50 })
  return operations.find(({ kind }) => asksPatroni.has(kind))?.endedAt ?? null
}

const asksPatroni = new Set(['switchover', 'schedule-switchover', 'cancel-scheduled-switchover', 'reinitialise'])
