import { setTimeout as sleep } from 'node:timers/promises'
import { isEnded, type Operation } from '#domain/operation/operation.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import { removalPlan, requestRemoval } from '#server/operations/request/request-removal.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import type { Store } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import type { CommandContext } from '../trpc.ts'
import { needCluster } from './need.ts'

/** What removing a cluster would take away, and what stands in the way; throws AppError `not-found`. */
export async function previewRemoval(store: Store, name: string): Promise<RemovalPlan> {
  const cluster = await needCluster(store, name)
  return removalPlan(store.pool, cluster, await latestSnapshot(store, cluster.id), new Date())
}

/**
 * Has a worker take a cluster out of the console, or asks others to approve that. Answers with its end, which is there within a second or two;
 * where it takes longer, with how far it came.
 */
export async function removeRegisteredCluster(
  { act, services: { store } }: CommandContext,
  asked: {
    name: string
    confirmName: string
    reason: string
    idempotencyKey?: string | undefined
    approval?: ApprovalWish | undefined
  },
): Promise<Operation> {
  const { name, confirmName, reason, idempotencyKey = null, approval } = asked
  const cluster = await needCluster(store, name)
  act.on({ target: cluster.name, cluster, reason, detail: { endpoints: cluster.endpoints } })
  const said = { confirmName, reason, idempotencyKey, approval }
  const operation = await act.leaveTo(() => requestRemoval(store, { actor: act.actor, cluster, ...said }))
  return awaitEnd(store, operation)
}

const patienceMs = 8_000
const pollMs = 100

async function awaitEnd(store: Store, first: Operation): Promise<Operation> {
  const until = performance.now() + patienceMs
  let last = first
  while (last.state !== 'proposed' && !isEnded(last.state) && performance.now() < until) {
    await sleep(pollMs)
    last = (await findOperation(store, first.id)) ?? last
  }
  return last
}
