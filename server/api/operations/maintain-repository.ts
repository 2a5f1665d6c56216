import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { fromJson } from '#domain/json.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planRepository } from '#domain/plan/plan-repository.ts'
import type { RepositoryPlan, RepositoryWish } from '#domain/plan/repository-plan.ts'
import { AppError } from '#server/errors.ts'
import { requestRepository } from '#server/operations/request/request-repository.ts'
import { readBackups } from '#server/store/backup-view.ts'
import { ask } from '#server/store/inquiries.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext, QueryContext } from '../trpc.ts'
import { agentSights } from '#server/store/agent-sights.ts'

export interface ChoreAsked extends RepositoryWish {
  cluster: string
}

/** What a chore on a repository would do as of what is known now; throws AppError `refused` before the first look. */
export async function previewChore(store: Store, { cluster: name, ...wish }: ChoreAsked): Promise<RepositoryPlan> {
  const cluster = await needCluster(store, name)
  const [snapshot, agents, { view }] = await Promise.all([
    latestSnapshot(store, cluster.id),
    agentSights(store, cluster.id),
    readBackups(store, cluster.id),
  ])
  if (!snapshot) throw new AppError('refused', `The console has not looked at ${cluster.name} yet. Wait a few seconds.`)
  return planRepository({ snapshot, agents, view }, wish, new Date())
}

/** Asks for a chore; operation, audit record and the order to the worker are committed together. */
export async function requestChore(
  { act, services: { store } }: CommandContext,
  asked: ChoreAsked & {
    reason: string
    confirmName: string | null
    idempotencyKey: string
    approval?: ApprovalWish | undefined
  },
): Promise<Operation> {
  const { cluster: name, reason, confirmName, idempotencyKey, approval, ...wish } = asked
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: wish })
  const [agents, { view }] = await Promise.all([agentSights(store, cluster.id), readBackups(store, cluster.id)])
  const given = { actor: act.actor, action: act.action, cluster, wish, agents, view }
  return act.leaveTo(() => requestRepository(store, { ...given, reason, confirmName, idempotencyKey, approval }))
}

const answerWithinMs = 60_000

/** What an expiry would remove now, as pgBackRest itself says; a worker asks it. */
export async function previewExpiry(
  { caller, services: { store } }: QueryContext,
  { cluster: name, repository, set }: { cluster: string; repository: number; set: string | null },
): Promise<ExpiryPreview> {
  const cluster = await needCluster(store, name)
  const input = { clusterId: cluster.id, repository, set }
  const question = { kind: 'expiry-preview', input, sealed: null, askedBy: caller.name } as const
  return fromJson<ExpiryPreview>(await ask(store, question, answerWithinMs))
}
