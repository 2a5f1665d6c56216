import type { HaproxyPlan, HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { planHaproxy } from '#domain/plan/plan-haproxy.ts'
import { planSignal } from '#domain/plan/plan-signal.ts'
import type { SignalPlan, SignalWish } from '#domain/plan/signal-plan.ts'
import { requestStackAct } from '#server/operations/request/request-stack-act.ts'
import type { Store } from '#server/store/open.ts'
import { readStack } from '#server/store/stack-view.ts'
import type { ApprovalWish } from '#server/operations/request/request-operation.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'
import { stackCaseOf } from './stack-case.ts'

interface Said {
  reason: string
  idempotencyKey: string
  approval?: ApprovalWish | undefined
}

/** Whom the signal would hit; throws AppError `not-found`, and `refused` before the first look. */
export async function previewSignal(
  store: Store,
  { cluster, ...wish }: SignalWish & { cluster: string },
): Promise<SignalPlan> {
  const { known } = await stackCaseOf(store, cluster)
  return planSignal(known, wish, new Date())
}

/** Asks for it; operation, audit record and the order to the worker are committed together. */
export async function requestSignal(
  { act, services: { store } }: CommandContext,
  { cluster: name, reason, idempotencyKey, approval, ...wish }: SignalWish & Said & { cluster: string },
): Promise<Operation> {
  const cluster = await needCluster(store, name)
  const target = `${cluster.name}: pid ${wish.pid} on ${wish.member}`
  act.on({ target, cluster, reason, detail: wish })
  const stack = await readStack(store, cluster.id)
  return act.leaveTo(() =>
    requestStackAct(store, {
      actor: act.actor,
      cluster,
      kind: 'signal-backend',
      reason,
      confirm: null,
      idempotencyKey,
      approval,
      action: 'backends.signal',
      target,
      asked: wish,
      isSameWish: (plan) =>
        plan.kind === 'signal-backend' &&
        plan.act === wish.act &&
        plan.member === wish.member &&
        plan.pid === wish.pid &&
        plan.backendStart.getTime() === wish.backendStart.getTime(),
      plan: ({ snapshot, now }) =>
        Promise.resolve({ plan: planSignal({ snapshot, stack }, wish, now), excluded: null }),
    }),
  )
}

/** What the command would do; throws AppError `not-found`, and `refused` before the first look. */
export async function previewHaproxy(
  store: Store,
  { cluster, ...wish }: HaproxyWish & { cluster: string },
): Promise<HaproxyPlan> {
  const { known } = await stackCaseOf(store, cluster)
  return planHaproxy(known, wish, new Date())
}

/** Asks for it; operation, audit record and the order to the worker are committed together. */
export async function requestHaproxy(
  { act, services: { store } }: CommandContext,
  asked: HaproxyWish & Said & { cluster: string; confirm: string | null },
): Promise<Operation> {
  const { cluster: name, reason, confirm, idempotencyKey, approval, ...wish } = asked
  const cluster = await needCluster(store, name)
  const target = `${cluster.name}: ${wish.proxy}/${wish.server} of HAProxy`
  act.on({ target, cluster, reason, detail: wish })
  const stack = await readStack(store, cluster.id)
  return act.leaveTo(() =>
    requestStackAct(store, {
      actor: act.actor,
      cluster,
      kind: 'haproxy-command',
      reason,
      confirm,
      idempotencyKey,
      approval,
      action: 'haproxy.command',
      target,
      asked: wish,
      isSameWish: (plan) =>
        plan.kind === 'haproxy-command' &&
        plan.act === wish.act &&
        plan.proxy === wish.proxy &&
        plan.server === wish.server,
      plan: ({ snapshot, now }) =>
        Promise.resolve({ plan: planHaproxy({ snapshot, stack }, wish, now), excluded: null }),
    }),
  )
}
