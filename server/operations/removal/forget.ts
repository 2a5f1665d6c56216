import type pg from 'pg'
import { underWaySentence } from '#domain/plan/plan-removal.ts'
import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import { tellRemoved } from '#server/alerts/notify/tell.ts'
import { recordAudit } from '#server/audit/record.ts'
import { leftOfCluster, registrationOf, removeWithAlerts } from '#server/store/cluster-removal.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { readActiveOperations, readOperation } from '#server/store/operations.ts'
import { findActor } from '../request/actor.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import { holdLanes } from '../engine/hold-lanes.ts'

type RemovalContext = StepContext<RemovalPlan>

/** Whoever asked may still do it, nobody has edited the cluster since, and nothing else is under way on it. */
export async function preflight(context: RemovalContext): Promise<StepOutcome> {
  const fault = (await context.forbidden()) ?? (await context.commit((tx) => whyNot(tx, context)))
  if (fault !== null) return { kind: 'refused', detail: fault }
  return { kind: 'done', detail: 'Nobody has edited it since, and nothing else is under way on it.' }
}

/** Looks once more and deletes, with the record of it and what is to be told, in one transaction; that holds the operation for this run, which is fence enough. */
export async function forget(context: RemovalContext): Promise<StepOutcome> {
  const { clusterId, clusterName } = context.operation
  return context.commit(async (tx) => {
    // An answer to the commit that got lost: it was done.
    if ((await registrationOf(tx, clusterId)) === null) return gone(clusterName)
    await holdLanes(tx, clusterId)
    const fault = await whyNot(tx, context)
    if (fault !== null) return { kind: 'refused', detail: fault }
    await recordRemoval(tx, context)
    await removeWithAlerts(tx, clusterId)
    await tellRemoved(tx, clusterId, context.now())
    return gone(clusterName)
  })
}

/** After a crash: not registered any more is done. */
export async function probe(context: RemovalContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { clusterId, clusterName } = context.operation
  const registration = await context.commit((tx) => registrationOf(tx, clusterId))
  return registration === null ? gone(clusterName) : { kind: 'not-done' }
}

/** Sees that the tables hold nothing of it any more. */
export async function verify(context: RemovalContext): Promise<StepOutcome> {
  const left = await context.commit((tx) => leftOfCluster(tx, context.operation.clusterId))
  if (left.length === 0)
    return { kind: 'done', detail: 'The console holds no address, password, schedule or right of it.' }
  return { kind: 'failed', detail: `The console's store still holds something of it, in ${left.join(', ')}.` }
}

function gone(clusterName: string): StepOutcome {
  return { kind: 'done', detail: `${clusterName} is not registered any more.` }
}

async function whyNot(tx: Queryable, { operation }: RemovalContext): Promise<string | null> {
  const { id, clusterId, clusterName, plan } = operation
  const registration = await registrationOf(tx, clusterId)
  if (registration === null) return `${clusterName} is not registered any more.`
  if (registration !== plan.registration)
    return `${clusterName} was edited after its removal was asked for. Nothing was removed.`
  const other = (await readActiveOperations(tx, clusterId)).find((one) => one.id !== id)
  return other ? underWaySentence(clusterName, other) : null
}

async function recordRemoval(tx: pg.PoolClient, context: RemovalContext): Promise<void> {
  const { id, clusterId, clusterName, requestedBy } = context.operation
  const operation = await readOperation(tx, id)
  if (!operation) throw new Error(`There is no operation ${id}.`)
  const { reason, approval, isBreakGlass } = operation
  const { rows } = await tx.query<{ labels: string[]; endpoints: unknown }>(
    'select labels, endpoints from cluster where id = $1',
    [clusterId],
  )
  await recordAudit(tx, {
    actor: (await findActor({ pool: tx }, requestedBy)).record,
    action: 'clusters.remove',
    target: clusterName,
    cluster: { id: clusterId, name: clusterName },
    reason,
    outcome: 'done',
    operationId: id,
    detail: {
      before: { name: clusterName, ...rows[0] },
      ...(approval && { approvals: approval.decisions }),
      ...(isBreakGlass && { breakGlass: true }),
    },
  })
}
