import type { Operation } from '#domain/operation/operation.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import { planPooler } from '#domain/plan/plan-pooler.ts'
import type { PoolerCommandPlan, PoolerPausePlan, PoolerWish } from '#domain/plan/pooler-plan.ts'
import { holdLanes } from '#server/operations/engine/hold-lanes.ts'
import { requestStackAct } from '#server/operations/request/request-stack-act.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import type { Store } from '#server/store/open.ts'
import { readActiveOperation } from '#server/store/operations.ts'
import { readStack } from '#server/store/stack-view.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { stackCaseOf } from './stack-case.ts'

/** What the command would do; throws AppError `not-found`, and `refused` before the first look. */
export async function previewPooler(
  store: Store,
  { cluster: name, ...wish }: PoolerWish & { cluster: string },
): Promise<PoolerPausePlan | PoolerCommandPlan> {
  const { cluster, known } = await stackCaseOf(store, name)
  return planPooler({ ...known, agents: await agentSights(store, cluster.id) }, wish, new Date())
}

/** Asks for it; operation, audit record and the order to the worker are committed together. */
export async function requestPooler(
  { act, services: { store } }: CommandContext,
  asked: PoolerWish & {
    cluster: string
    reason: string
    confirm: string | null
    idempotencyKey: string
    approval?: ApprovalWish | undefined
  },
): Promise<Operation> {
  const { cluster: name, reason, confirm, idempotencyKey, approval, ...wish } = asked
  const cluster = await needCluster(store, name)
  const target = `${cluster.name}: ${wish.act} ${wish.database ?? 'all databases'} on ${wish.node ?? 'all poolers'}`
  act.on({ target, cluster, reason, detail: wish })
  const [stack, agents] = await Promise.all([readStack(store, cluster.id), agentSights(store, cluster.id)])
  return act.leaveTo(() =>
    requestStackAct(store, {
      actor: act.actor,
      cluster,
      kind: wish.act === 'pause' ? 'pooler-pause' : 'pooler-command',
      reason,
      confirm,
      idempotencyKey,
      approval,
      action: 'poolers.command',
      target,
      asked: wish,
      isSameWish: (plan) => isSame(wish, plan),
      async plan({ tx, snapshot, now }) {
        await holdLanes(tx, cluster.id)
        const lead = await readActiveOperation(tx, cluster.id, 'lead')
        return { plan: planPooler({ snapshot, stack, agents }, wish, now), excluded: excludedBy(lead, wish) }
      },
    }),
  )
}

function isSame({ act, database, node, limitMs }: PoolerWish, plan: StackPlan): boolean {
  if (plan.kind !== 'pooler-pause' && plan.kind !== 'pooler-command') return false
  const isSamePlace = plan.database === database && (node === null || plan.nodes.join() === node)
  return plan.act === act && isSamePlace && (plan.kind !== 'pooler-pause' || plan.limitMs === limitMs)
}

/** A recovery keeps clients out by the same poolers; while the lead moves, nobody begins to hold them back. */
function excludedBy(lead: Operation | null, { act }: PoolerWish): string | null {
  if (lead === null || (lead.kind !== 'restore' && act !== 'pause')) return null
  const doing = lead.kind === 'restore' ? 'is recovering it to an earlier moment' : 'is moving its lead'
  return `${lead.requestedBy.name} ${doing}: "${lead.reason}". Its poolers are left alone until that has ended.`
}
