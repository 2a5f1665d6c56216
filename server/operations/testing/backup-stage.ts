import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import type { BackupContext } from '../backup/context.ts'
import type { BackupPace } from '../backup/pace.ts'
import type { Facts } from '../define.ts'
import { StandInAgent } from './stand-in-agent.ts'
import { stageOf } from './step-context.ts'

/** Where a step of a backup is tried out: a healthy cluster and a stand-in for the agent on its leader's node. */
export async function backupStage(given: { facts?: Facts; plan?: Partial<BackupPlan>; cancelAskedBy?: string } = {}) {
  const wish = { kind: 'switchover', candidate: null, scheduledAt: null } as const
  const stage = stageOf({
    wish,
    world: () => healthyWorld(new Date()),
    facts: { checkedAt: new Date(), ...given.facts },
  })
  const { context: base, facts, lines } = stage
  const agent = new StandInAgent('pg-node-3')
  const snapshot = await base.cluster.snapshot()
  if (!snapshot) throw new Error('There is no snapshot.')
  const asked = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: 'main' } as const
  const sight = { node: agent.node, state: 'enrolled', lockedReason: null, problem: null, vetoed: [] } as const
  const now = new Date()
  const plan = { ...planBackup(snapshot, [{ ...sight, seenAt: now }], asked, now), ...given.plan }
  const binding = { ...base.binding, operation: operationId }
  const context: BackupContext = {
    ...base,
    facts,
    operation: { ...base.operation, id: operationId, plan, requestedAt },
    cluster: { ...base.cluster, agent: (node) => (node === agent.node ? agent.access() : null) },
    binding,
    cancelAskedBy: () => Promise.resolve(given.cancelAskedBy ?? null),
  }
  return { context, agent, facts, lines }
}

/** No test waits long. */
export const briskPace: BackupPace = {
  pollMs: 5,
  progressMs: 0,
  silentBeforeMs: 100,
  silentDuringMs: 100,
  requestLifeMs: 30,
  verifyMs: 100,
}

/** Before the backups that the stand-in lists. */
const requestedAt = new Date('2026-11-24T02:59:00Z')

const operationId = '2b7a4c55-6c9e-4b0f-9d27-0a4f4f1c9e11'
