import { setTimeout as sleep } from 'node:timers/promises'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from './context.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from './recheck.ts'
import { isStaleCheck } from '../engine/stale-check.ts'
import { resolveMs, settleMs } from '../lead/patience.ts'
import { judgeMove, type MoveJudgement, type MoveOrder } from './judge-move.ts'
import { MoveWatch } from '../lead/move-watch.ts'
import { describe, lastLineOf } from '../lead/narrate.ts'
import { explainRefusal } from './refusal.ts'
import { watchedMembers } from '../lead/watched-members.ts'

/** Sends the request to the leader, once, and says by looking what became of it. */
export async function ask(context: SwitchoverContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { plan } = operation
  if (isStaleCheck(context)) {
    const found = await recheck(context)
    if ('kind' in found) return found
  }
  const snapshot = await cluster.snapshot()
  const url = snapshot && configuredAddress(cluster, snapshot, plan.leader)
  if (!url) return { kind: 'refused', detail: notConfigured(plan.leader) }
  // The watch looks at those concerned by itself: each look more would make the move slower.
  cluster.hurry(context.now())
  await using watch = new MoveWatch(context, watchedMembers(snapshot, plan))
  await watch.firstLook(2_000)
  const endedBefore = plan.timeline === null ? await lastEnded(watch) : null
  await context.remember({ sends: (context.facts.sends ?? 0) + 1, ...watch.marks, endedBefore })
  await context.fence()
  context.debugPoint('before-send')
  context.say(`asked ${plan.leader} to hand over${plan.candidate === null ? '' : ` to ${plan.candidate}`}`)
  const inFlight = setTimeout(() => context.debugPoint('in-flight'), 300)
  const order = { leader: plan.leader, candidate: plan.candidate, scheduledAt: null }
  const reply = await cluster.patroni.requestSwitchover(url, order, context.signal)
  clearTimeout(inFlight)
  switch (reply.kind) {
    case 'done':
    case 'done-elsewhere':
      context.say(`${plan.leader} says that ${reply.newLeader} leads`)
      return await resolve(context, watch, '')
    case 'refused':
      return await refused(context, watch, reply)
    case 'scheduled':
      return await resolve(context, watch, `${plan.leader} answered as if a time had been given.`)
    case 'unknown':
      context.say(reply.sentence)
      return await resolve(context, watch, reply.sentence)
  }
}

/** After a crash: what became of the request, if it was sent at all. */
export async function probe(context: SwitchoverContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { cluster, operation, facts } = context
  if ((facts.sends ?? 0) === 0) {
    context.say('nothing had been sent')
    return { kind: 'not-done' }
  }
  const snapshot = await cluster.snapshot()
  await using watch = new MoveWatch(context, snapshot ? watchedMembers(snapshot, operation.plan) : [])
  context.say('the request may have been sent: looking what became of it')
  await watch.firstLook(2_000)
  const judged = await judgeInTime(context, watch, { isWatched: false })
  const known = await whatHappened(context, judged)
  if (known) return known
  if (judged.kind !== 'nothing') return await unresolved(context, watch, 'The worker that sent the request died.')
  // Patroni's `leader` field is the guard: a request that did arrive makes this one fail, never move the lead twice.
  if ((facts.sends ?? 0) < maximumSends) return { kind: 'not-done' }
  return await unresolved(context, watch, `The request was sent ${maximumSends} times and brought nothing about.`)
}

const maximumSends = 2
const preconditionFailed = 412

async function refused(
  context: SwitchoverContext,
  watch: MoveWatch,
  { status, sentence }: { status: number | null; sentence: string },
): Promise<StepOutcome> {
  await watch.firstLook(2_000)
  const judged = judgeMove(orderOf(context, { isWatched: true }), watch.seen, true)
  // A refusal is checked like any other reply: it is none where the lead has moved, unless that was somebody else's doing.
  const wasBefore = (status === null || status === preconditionFailed) && context.facts.sends === 1
  const known = wasBefore || judged.kind === 'elsewhere' ? null : await whatHappened(context, judged)
  if (known) return known
  const why = await explainRefusal(context, sentence)
  const leads = watch.seen.dcs?.leader
  const now = leads ? ` ${leads} leads${judged.kind === 'nothing' ? ' as before' : ' now'}.` : ''
  return { kind: 'refused', detail: `${why}${now}` }
}

async function resolve(context: SwitchoverContext, watch: MoveWatch, doubt: string): Promise<StepOutcome> {
  const judged = await judgeInTime(context, watch, { isWatched: true })
  const known = await whatHappened(context, judged)
  if (known) return known
  if (judged.kind !== 'nothing') return unresolved(context, watch, doubt)
  const { leader } = context.operation.plan
  return { kind: 'failed', detail: `${doubt} By what is seen nothing has changed: ${leader} leads as before.`.trim() }
}

function orderOf({ operation, facts }: SwitchoverContext, { isWatched }: Pick<MoveOrder, 'isWatched'>): MoveOrder {
  const { leader, candidate, timeline } = operation.plan
  const { isStandbyCluster = false, endedBefore = null } = facts
  return { leader, candidate, timeline, isStandbyCluster, endedBefore, isWatched }
}

async function lastEnded(watch: MoveWatch): Promise<number | null> {
  const history = await watch.readHistory()
  return history && (history.at(-1)?.timeline ?? 0)
}

/** Looks until it is clear; still `open` when it does not get clear in time. */
async function judgeInTime(
  context: SwitchoverContext,
  watch: MoveWatch,
  { isWatched }: Pick<MoveOrder, 'isWatched'>,
): Promise<MoveJudgement> {
  const { cluster, signal } = context
  const order = orderOf(context, { isWatched })
  const config = (await cluster.snapshot().catch(() => null))?.config ?? null
  const startedAt = performance.now()
  const patienceMs = resolveMs(config)
  while (performance.now() - startedAt < patienceMs && !signal.aborted) {
    const settlesMs = settleMs(watch.seen.dcs?.isMovePending != null, config?.loopWaitSeconds ?? 10)
    const isSettled = performance.now() - startedAt > settlesMs
    const mustRead = isSettled && watch.seen.dcs?.leader === order.leader && watch.seen.dcs.isMovePending === null
    if (mustRead) await watch.readHistory()
    const judged = judgeMove(order, watch.seen, isSettled)
    if (judged.kind !== 'open') return judged
    await sleep(mustRead ? 500 : 50)
  }
  return { kind: 'open' }
}

/** How the step ends where the lead moved; null where it did not, or that cannot be told. */
async function whatHappened(context: SwitchoverContext, judged: MoveJudgement): Promise<StepOutcome | null> {
  switch (judged.kind) {
    case 'moved':
    case 'elsewhere': {
      await context.remember({ newLeader: judged.to })
      const instead = judged.kind === 'elsewhere' ? ` instead of ${context.operation.plan.candidate}` : ''
      return { kind: 'done', detail: `${judged.to} holds the leader key${instead}.` }
    }
    case 'returned':
      return returned(context.operation.plan.leader, judged)
    case 'open':
    case 'nothing':
      return null
  }
}

function returned(leader: string, { by, timeline }: Extract<MoveJudgement, { kind: 'returned' }>): StepOutcome {
  const detail =
    by === null
      ? `${leader} leads, but on timeline ${timeline} since: it stopped for a moment, and the history names nobody else who led meanwhile. The log of Patroni on ${leader} says why.`
      : `${by} took the lead and lost it again: ${leader} leads once more, on timeline ${timeline}. The log of Patroni on ${by} says why.`
  return { kind: 'failed', detail }
}

async function unresolved(context: SwitchoverContext, watch: MoveWatch, doubt: string): Promise<StepOutcome> {
  const { plan, clusterName } = context.operation
  const history = await watch.readHistory()
  const aim = plan.candidate ?? 'another member'
  const sentences = [
    doubt,
    `It could not be told in time whether the lead of ${clusterName} moved from ${plan.leader} to ${aim}.`,
    describe(watch.seen),
    history === null
      ? 'See who leads (patronictl list) and what the last line of patronictl history says before you act again.'
      : `${lastLineOf(history)} See who leads (patronictl list) before you act again.`,
  ]
  return { kind: 'unknown', detail: sentences.filter((sentence) => sentence !== '').join(' ') }
}
