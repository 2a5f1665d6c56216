import { setTimeout as sleep } from 'node:timers/promises'
import type { StepContext, StepOutcome } from '../define.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../recheck.ts'
import { judgeMove, resolveMs, settleMs, type MoveJudgement } from './judge-move.ts'
import { MoveWatch } from './move-watch.ts'
import { describe } from './narrate.ts'
import { explainRefusal } from './refusal.ts'
import { watchedMembers } from './watched-members.ts'

/** Sends the request to the leader, once, and says by looking what became of it. */
export async function ask(context: StepContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { plan } = operation
  if (isStaleCheck(context)) {
    const found = await recheck(context)
    if ('kind' in found) return found
  }
  const snapshot = await cluster.snapshot()
  const url = snapshot && configuredAddress(cluster, snapshot, plan.leader)
  if (!url) return { kind: 'refused', detail: notConfigured(plan.leader) }
  cluster.hurry(new Date(context.now().getTime() + 60_000))
  await using watch = new MoveWatch(context, watchedMembers(snapshot, plan))
  await watch.firstLook(2_000)
  await context.remember({ sends: (context.facts.sends ?? 0) + 1, ...watch.marks })
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
export async function probe(context: StepContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { cluster, operation, facts } = context
  if ((facts.sends ?? 0) === 0) {
    context.say('nothing had been sent')
    return { kind: 'not-done' }
  }
  const snapshot = await cluster.snapshot()
  await using watch = new MoveWatch(context, snapshot ? watchedMembers(snapshot, operation.plan) : [])
  context.say('the request may have been sent: looking what became of it')
  await watch.firstLook(2_000)
  const judged = await judgeInTime(context, watch)
  if (judged?.kind === 'moved' || judged?.kind === 'elsewhere') return moved(context, judged)
  if (judged?.kind !== 'nothing') return unresolved(context, watch, 'The worker that sent the request died.')
  // Patroni's `leader` field is the guard: a request that did arrive makes this one fail, never move the lead twice.
  if ((facts.sends ?? 0) < maximumSends) return { kind: 'not-done' }
  return unresolved(context, watch, `The request was sent ${maximumSends} times and brought nothing about.`)
}

const maximumSends = 2
const preconditionFailed = 412
const freshCheckMs = 5_000

function isStaleCheck({ facts, now }: StepContext): boolean {
  return !facts.checkedAt || now().getTime() - facts.checkedAt.getTime() > freshCheckMs
}

async function refused(
  context: StepContext,
  watch: MoveWatch,
  { status, sentence }: { status: number | null; sentence: string },
): Promise<StepOutcome> {
  const { plan } = context.operation
  await watch.firstLook(2_000)
  const judged = judgeMove(plan, watch.seen, true)
  // A refusal is checked like any other reply: it is none where the lead has moved, unless that was somebody else's doing.
  const wasBefore = status === preconditionFailed && context.facts.sends === 1
  if (judged.kind === 'moved' && !wasBefore) return moved(context, judged)
  const snapshot = await context.cluster.snapshot().catch(() => null)
  const why = explainRefusal(sentence, plan, { snapshot, now: context.now() })
  const leads = watch.seen.dcs?.leader
  const now = leads ? ` ${leads} leads${judged.kind === 'nothing' ? ' as before' : ' now'}.` : ''
  return { kind: 'refused', detail: `${why}${now}` }
}

async function resolve(context: StepContext, watch: MoveWatch, doubt: string): Promise<StepOutcome> {
  const judged = await judgeInTime(context, watch)
  if (judged?.kind === 'moved' || judged?.kind === 'elsewhere') return moved(context, judged)
  if (judged?.kind !== 'nothing') return unresolved(context, watch, doubt)
  const { leader } = context.operation.plan
  return { kind: 'failed', detail: `${doubt} By what is seen nothing has changed: ${leader} leads as before.`.trim() }
}

/** Looks until it is clear; null when it does not get clear in time. */
async function judgeInTime(context: StepContext, watch: MoveWatch): Promise<MoveJudgement | null> {
  const { cluster, operation, signal } = context
  const config = (await cluster.snapshot().catch(() => null))?.config ?? null
  const startedAt = performance.now()
  const patienceMs = resolveMs(config)
  cluster.hurry(new Date(context.now().getTime() + patienceMs))
  while (performance.now() - startedAt < patienceMs && !signal.aborted) {
    const settlesMs = settleMs(watch.seen.dcs?.isMovePending != null, config?.loopWaitSeconds ?? 10)
    const judged = judgeMove(operation.plan, watch.seen, performance.now() - startedAt > settlesMs)
    if (judged.kind !== 'open') return judged
    await sleep(50)
  }
  return null
}

async function moved(context: StepContext, judged: { kind: 'moved' | 'elsewhere'; to: string }): Promise<StepOutcome> {
  await context.remember({ newLeader: judged.to })
  const { candidate } = context.operation.plan
  const instead = judged.kind === 'elsewhere' ? ` instead of ${candidate}` : ''
  return { kind: 'done', detail: `${judged.to} holds the leader key${instead}.` }
}

function unresolved(context: StepContext, { seen }: MoveWatch, doubt: string): StepOutcome {
  const { plan, clusterName } = context.operation
  const aim = plan.candidate ?? 'another member'
  const sentences = [
    doubt,
    `It could not be told in time whether the lead of ${clusterName} moved from ${plan.leader} to ${aim}.`,
    describe(seen),
    'See who leads (patronictl list) and what the last line of patronictl history says before you act again.',
  ]
  return { kind: 'unknown', detail: sentences.filter((sentence) => sentence !== '').join(' ') }
}
