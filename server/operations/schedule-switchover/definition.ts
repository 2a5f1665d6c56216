import { formatInstant } from '#domain/format.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { OperationDefinition, StepOutcome } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../switchover/recheck.ts'
import { explainRefusal } from '../switchover/refusal.ts'
import { judgeSchedule, lateMs, type ScheduleJudgement } from './judge-schedule.ts'
import { sentSoFar } from '../lead/sent-so-far.ts'

const deadlineMs = 600_000

/** Leaves a switchover with Patroni for a given time; from then on Patroni alone carries it out. */
export const scheduleSwitchover: OperationDefinition<SwitchoverPlan> = {
  kind: 'schedule-switchover',
  version: 1,
  permission: 'switchover.request',
  steps: (plan) => [
    { name: 'preflight', title: 'Look at every member again and check the plan' },
    { name: 'ask', title: `Ask ${plan.leader} to schedule it for ${timeOf(plan)}` },
    { name: 'verify', title: 'Check that Patroni has scheduled it' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    verify: { act: 'look', deadlineMs, run: verify },
  },
  succeeded: ({ newLeader }, plan) => ({
    outcome: newLeader
      ? `The switchover scheduled for ${timeOf(plan)} has run: ${newLeader} leads.`
      : scheduledSentence(plan),
    result: null,
  }),
  resultSoFar: () => null,
  sentSoFar,
}

async function preflight(context: SwitchoverContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  context.note({ checkedAt: context.now() })
  return { kind: 'done', detail: `${found.plan.leader} leads, and nothing else is scheduled.` }
}

async function ask(context: SwitchoverContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { plan } = operation
  const found = await recheck(context)
  if ('kind' in found) return found
  const url = configuredAddress(cluster, found.snapshot, plan.leader)
  if (!url) return { kind: 'refused', detail: notConfigured(plan.leader) }
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  await context.fence()
  context.say(`asked ${plan.leader}`)
  const order = { leader: plan.leader, candidate: plan.candidate, scheduledAt: plan.scheduledAt }
  const reply = await cluster.patroni.requestSwitchover(url, order, context.signal)
  if (reply.kind === 'scheduled') return { kind: 'done', detail: `${plan.leader} accepted it.` }
  if (reply.kind === 'refused') return { kind: 'refused', detail: await explainRefusal(context, reply.sentence) }
  const doubt = reply.kind === 'unknown' ? reply.sentence : `${plan.leader} switched over at once instead.`
  const seen = await lookAfterIt(context)
  if (seen.kind === 'standing') return { kind: 'done', detail: 'Patroni has it, although its answer did not say so.' }
  return (
    (await whatBecame(context, seen)) ?? {
      kind: 'unknown',
      detail: `${doubt} See what is scheduled (patronictl list) before you act again.`,
    }
  )
}

async function probe(context: SwitchoverContext): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) return { kind: 'not-done' }
  const seen = await lookAfterIt(context)
  if (seen.kind === 'standing') return { kind: 'done', detail: 'Patroni has it.' }
  // Never sent twice: what is not to be seen may have been taken back by somebody who does not want it.
  return (
    (await whatBecame(context, seen)) ?? {
      kind: 'unknown',
      detail:
        'The worker that sent the request died, and nothing of it is to be seen: it did not arrive, or somebody took it back. It was not sent again. See what is scheduled (patronictl list) and schedule it anew if it is still wanted.',
    }
  )
}

async function verify(context: SwitchoverContext): Promise<StepOutcome> {
  const seen = await lookAfterIt(context)
  if (seen.kind === 'standing') return { kind: 'done', detail: scheduledSentence(context.operation.plan) }
  return (
    (await whatBecame(context, seen)) ?? {
      kind: 'unknown',
      detail: 'Patroni accepted the schedule, but it is not to be seen. See what is scheduled (patronictl list).',
    }
  )
}

/** Looks until it is clear what became of the schedule; where its time is near, until it must have come about. */
async function lookAfterIt(context: SwitchoverContext): Promise<ScheduleJudgement> {
  const { plan } = context.operation
  const first = await freshSnapshot(context)
  const aheadMs = (plan.scheduledAt?.getTime() ?? 0) - context.now().getTime()
  const waitMs = aheadMs > patienceMs ? patienceMs : Math.max(0, aheadMs) + lateMs(first) + patienceMs
  let last = judgeSchedule(first, plan, context.now())
  await waitFor(context, waitMs, (snapshot) => {
    last = judgeSchedule(snapshot, plan, context.now())
    return last.kind === 'open' || last.kind === 'absent' ? null : last
  })
  return last
}

const patienceMs = 15_000

/** How the operation goes on where the schedule does not stand any more; null where it cannot be told. */
async function whatBecame(context: SwitchoverContext, seen: ScheduleJudgement): Promise<StepOutcome | null> {
  const { leader, candidate } = context.operation.plan
  switch (seen.kind) {
    case 'ran':
      if (candidate !== null && seen.to !== candidate) {
        return { kind: 'failed', detail: `At its time the lead moved to ${seen.to} instead of ${candidate}.` }
      }
      await context.remember({ newLeader: seen.to })
      return { kind: 'done', detail: `Its time has come already: ${seen.to} leads.` }
    case 'returned':
      return {
        kind: 'failed',
        detail: `At its time ${seen.by} took the lead and lost it again: ${leader} leads once more. The log of Patroni on ${seen.by} says why.`,
      }
    case 'overtaken':
      return {
        kind: 'failed',
        detail: `${seen.by} took the lead before the time came, so Patroni drops the schedule.`,
      }
    case 'dropped':
      return {
        kind: 'failed',
        detail: `The time has passed, and ${leader} leads as before: Patroni dropped the schedule or somebody took it back. The log of Patroni on ${leader} says which.`,
      }
    case 'standing':
    case 'absent':
    case 'open':
      return null
  }
}

function scheduledSentence(plan: SwitchoverPlan): string {
  return `Scheduled: ${plan.leader} hands over${plan.candidate ? ` to ${plan.candidate}` : ''} at ${timeOf(plan)}, if it still leads then.`
}

function timeOf({ scheduledAt }: SwitchoverPlan): string {
  return scheduledAt ? formatInstant(scheduledAt) : 'no time'
}
