import { planRehearsal } from '#domain/plan/plan-rehearsal.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RehearsalPlan, RehearsalWish } from '#domain/plan/rehearsal-plan.ts'
import { requestRehearsal } from '#server/operations/request/request-rehearsal.ts'
import type { Store } from '#server/store/open.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import { recoveryCaseOf } from './recovery-case.ts'

export interface RehearsalAsked extends RehearsalWish {
  cluster: string
}

interface RehearsalConfirmed extends RehearsalAsked {
  reason: string
  idempotencyKey: string
  approval?: ApprovalWish | undefined
}

/** What the rehearsal would do as of what is known now; throws AppError `refused` before the first look at the cluster. */
export async function previewRehearsal(
  store: Store,
  { cluster: name, ...wish }: RehearsalAsked,
): Promise<RehearsalPlan> {
  const { snapshot, agents, backups, past } = await recoveryCaseOf(store, name)
  return planRehearsal({ snapshot, agents, backups, past, wish, now: new Date() })
}

/** Asks for a rehearsal; operation, audit record and the order to the worker are committed together. */
export async function requestRehearsalOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, reason, idempotencyKey, approval, ...wish }: RehearsalConfirmed,
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: wish })
  const [agents, past] = await Promise.all([agentSights(store, cluster.id), pastRestores(store, cluster.id)])
  const said = { reason, idempotencyKey, approval }
  return act.leaveTo(() => requestRehearsal(store, { actor: act.actor, cluster, wish, agents, past, ...said }))
}
