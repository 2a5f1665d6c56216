import type { Operation } from '#domain/operation/operation.ts'
import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { ReinitialisePlan, ReinitialiseWish } from '#domain/plan/reinitialise-plan.ts'
import { requestReinitialise, type ReinitialiseRequest } from '#server/operations/request/request-reinitialise.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import type { Store } from '#server/store/open.ts'
import { activeOperation } from '#server/store/operations.ts'
import { readStack } from '#server/store/stack-view.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { stackCaseOf } from './stack-case.ts'

/** What it would do as of the newest looks; throws AppError `not-found`, and `refused` before the first. */
export async function previewReinitialise(
  store: Store,
  { cluster: name, ...wish }: ReinitialiseWish & { cluster: string },
): Promise<ReinitialisePlan> {
  const { cluster, known } = await stackCaseOf(store, name)
  const [agents, backup] = await Promise.all([
    agentSights(store, cluster.id),
    activeOperation(store, cluster.id, 'backup'),
  ])
  return planReinitialise({ ...known, agents, backup }, wish, new Date())
}

type Asked = ReinitialiseWish & { cluster: string } & Pick<
    ReinitialiseRequest,
    'reason' | 'confirm' | 'expected' | 'idempotencyKey' | 'approval'
  >

/** Asks for it; operation, audit record and the order to the worker are committed together. */
export async function requestReinitialiseOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, member, force, ...said }: Asked,
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  const wish = { member, force }
  const { reason, expected } = said
  act.on({ target: `${cluster.name}: ${member}`, cluster, reason, detail: { ...wish, expected } })
  const [agents, stack] = await Promise.all([agentSights(store, cluster.id), readStack(store, cluster.id)])
  return act.leaveTo(() => requestReinitialise(store, { actor: act.actor, cluster, wish, agents, stack, ...said }))
}
