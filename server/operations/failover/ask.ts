import { setTimeout as sleep } from 'node:timers/promises'
import type { StepOutcome } from '../define.ts'
import { MoveWatch } from '../lead/move-watch.ts'
import { watchedMembers } from '../lead/watched-members.ts'
import { resolveMs, settleMs } from '../lead/patience.ts'
import { type FailoverContext, namedIn } from './context.ts'
import { judgeFailover, type FailoverJudgement } from './judge-failover.ts'
import { recheckFailover } from './recheck.ts'
import { refusedReply, unresolved, whyOvertaken } from './unmoved.ts'

/** Sends the request once, and says by looking what became of it. */
export async function ask(context: FailoverContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { plan } = operation
  const candidate = namedIn(context)
  // Patroni itself guards nothing here: what the plan was made for is looked at once more, right before.
  const found = await recheckFailover(context)
  if ('kind' in found) return found
  const { snapshot, asked } = found
  // The watch looks at those concerned by itself: each look more would make the move slower.
  cluster.hurry(context.now())
  await using watch = new MoveWatch(context, watchedMembers(snapshot, plan))
  await watch.firstLook(2_000)
  const overtaken = whyOvertaken(plan, watch.seen)
  if (overtaken !== null) return { kind: 'refused', detail: overtaken }
  await context.remember({ sends: (context.facts.sends ?? 0) + 1, ...watch.marks })
  await context.fence()
  context.debugPoint('before-send')
  context.say(`asked Patroni on ${asked.name} to make ${candidate} the leader`)
  const inFlight = setTimeout(() => context.debugPoint('in-flight'), 300)
  const reply = await cluster.patroni.requestFailover(asked.url, candidate, context.signal)
  clearTimeout(inFlight)
  switch (reply.kind) {
    case 'done':
    case 'done-elsewhere':
      context.say(`${asked.name} says that ${reply.newLeader} leads`)
      return await resolve(context, watch, '')
    case 'refused': {
      await watch.firstLook(2_000)
      const judged = judgeFailover({ leader: plan.leader, candidate }, watch.seen, true)
      // It is no refusal where the lead has moved to whoever was named; a request that cannot have arrived moved nothing.
      const known = reply.status !== null && judged.kind === 'moved' ? await whatHappened(context, judged) : null
      return known ?? refusedReply(plan, reply.sentence, watch.seen)
    }
    case 'scheduled':
      return await resolve(context, watch, `${asked.name} answered as if a time had been given.`)
    case 'unknown':
      context.say(reply.sentence)
      return await resolve(context, watch, reply.sentence)
  }
}

/** After a crash: what became of the request, if it was sent at all. It is never sent a second time: nothing on Patroni's side would make the second one fail. */
export async function probe(context: FailoverContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { cluster, operation, facts } = context
  if ((facts.sends ?? 0) === 0) {
    context.say('nothing had been sent')
    return { kind: 'not-done' }
  }
  const snapshot = await cluster.snapshot()
  await using watch = new MoveWatch(context, snapshot ? watchedMembers(snapshot, operation.plan) : [])
  context.say('the request may have been sent: looking what became of it')
  await watch.firstLook(2_000)
  return await resolve(context, watch, 'The worker that sent the request died.')
}

async function resolve(context: FailoverContext, watch: MoveWatch, doubt: string): Promise<StepOutcome> {
  const judged = await judgeInTime(context, watch)
  const known = await whatHappened(context, judged)
  return known ?? unresolved(context, watch, { doubt, isSettled: judged.kind === 'nothing' })
}

/** Looks until it is clear; still `open` when it does not get clear in time. */
async function judgeInTime(context: FailoverContext, watch: MoveWatch): Promise<FailoverJudgement> {
  const { cluster, signal, operation } = context
  const order = { leader: operation.plan.leader, candidate: namedIn(context) }
  const config = (await cluster.snapshot().catch(() => null))?.config ?? null
  const startedAt = performance.now()
  const patienceMs = resolveMs(config)
  while (performance.now() - startedAt < patienceMs && !signal.aborted) {
    const settlesMs = settleMs(watch.seen.dcs?.isMovePending != null, config?.loopWaitSeconds ?? 10)
    const judged = judgeFailover(order, watch.seen, performance.now() - startedAt > settlesMs)
    if (judged.kind !== 'open') return judged
    await sleep(50)
  }
  return { kind: 'open' }
}

/** How the step ends where somebody leads now; null where nobody does, or that cannot be told. */
async function whatHappened(context: FailoverContext, judged: FailoverJudgement): Promise<StepOutcome | null> {
  const candidate = namedIn(context)
  if (judged.kind === 'moved') {
    await context.remember({ newLeader: candidate })
    return { kind: 'done', detail: `${candidate} holds the leader key.` }
  }
  if (judged.kind !== 'elsewhere') return null
  await context.remember({ newLeader: judged.to })
  return { kind: 'done', detail: `${judged.to} holds the leader key instead of ${candidate}.` }
}
