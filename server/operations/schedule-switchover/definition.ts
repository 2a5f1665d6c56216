import { formatInstant } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { OperationDefinition, StepContext, StepOutcome } from '../define.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../recheck.ts'
import { explainRefusal } from '../switchover/refusal.ts'

const deadlineMs = 600_000

/** Leaves a switchover with Patroni for a given time; from then on Patroni alone carries it out. */
export const scheduleSwitchover: OperationDefinition = {
  kind: 'schedule-switchover',
  version: 1,
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
  succeeded: (_facts, plan) => ({ outcome: scheduledSentence(plan), result: null }),
  resultSoFar: () => null,
}

async function preflight(context: StepContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  context.note({ checkedAt: context.now() })
  return { kind: 'done', detail: `${found.plan.leader} leads, and nothing else is scheduled.` }
}

async function ask(context: StepContext): Promise<StepOutcome> {
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
  if (reply.kind === 'refused') {
    const snapshot = await cluster.snapshot()
    return { kind: 'refused', detail: explainRefusal(reply.sentence, plan, { snapshot, now: context.now() }) }
  }
  const doubt = reply.kind === 'unknown' ? reply.sentence : `${plan.leader} switched over at once instead.`
  const seen = await lookForSchedule(context)
  if (seen) return { kind: 'done', detail: 'Patroni has it, although its answer did not say so.' }
  return { kind: 'unknown', detail: `${doubt} See what is scheduled (patronictl list) before you act again.` }
}

async function probe(context: StepContext): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) return { kind: 'not-done' }
  if (await lookForSchedule(context)) return { kind: 'done', detail: 'Patroni has it.' }
  // Scheduling the same once more writes the same key: there is no second switchover to fear.
  return { kind: 'not-done' }
}

async function verify(context: StepContext): Promise<StepOutcome> {
  const { plan } = context.operation
  if (await lookForSchedule(context)) return { kind: 'done', detail: scheduledSentence(plan) }
  const snapshot = await freshSnapshot(context)
  if (snapshot.leader && snapshot.leader.name !== plan.leader) {
    return { kind: 'failed', detail: `${snapshot.leader.name} leads by now, so Patroni dropped the schedule.` }
  }
  return {
    kind: 'unknown',
    detail: 'Patroni accepted the schedule, but it is not to be seen. See what is scheduled (patronictl list).',
  }
}

async function lookForSchedule(context: StepContext): Promise<boolean> {
  const { plan } = context.operation
  return (await waitFor(context, patienceMs, (snapshot) => (isScheduled(snapshot, plan) ? true : null))) === true
}

const patienceMs = 15_000

function isScheduled({ scheduledSwitchover: standing }: Snapshot, plan: SwitchoverPlan): boolean {
  if (!standing || !plan.scheduledAt) return false
  // Patroni keeps whole seconds of some clients' times; it never moves a time by more.
  const isSameTime = Math.abs(standing.at.getTime() - plan.scheduledAt.getTime()) < 1_000
  return isSameTime && (standing.to ?? null) === plan.candidate
}

function scheduledSentence(plan: SwitchoverPlan): string {
  return `Scheduled: ${plan.leader} hands over${plan.candidate ? ` to ${plan.candidate}` : ''} at ${timeOf(plan)}, if it still leads then.`
}

function timeOf({ scheduledAt }: SwitchoverPlan): string {
  return scheduledAt ? formatInstant(scheduledAt) : 'no time'
}
