import { formatInstant } from '#domain/format.ts'
import type { ScheduledSwitchover } from '#domain/snapshot/patroni.ts'
import { isSameSchedule } from '#domain/plan/same-schedule.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { OperationDefinition, StepOutcome } from '../define.ts'
import type { SwitchoverContext } from '../switchover/context.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../switchover/recheck.ts'
import { sentSoFar } from '../lead/sent-so-far.ts'

const deadlineMs = 600_000

/** Takes a scheduled switchover back: the one that the plan names, and no other. */
export const cancelScheduledSwitchover: OperationDefinition<SwitchoverPlan> = {
  kind: 'cancel-scheduled-switchover',
  version: 1,
  permission: 'switchover.request',
  steps: (plan) => [
    { name: 'preflight', title: 'Look what is scheduled' },
    { name: 'ask', title: `Ask ${plan.leader} to drop the schedule` },
    { name: 'verify', title: 'Check that nothing is scheduled' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    verify: { act: 'look', deadlineMs, run: verify },
  },
  succeeded: () => ({ outcome: 'The scheduled switchover is cancelled: nothing is scheduled now.', result: null }),
  resultSoFar: () => null,
  sentSoFar,
}

async function preflight(context: SwitchoverContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const standing = found.snapshot.scheduledSwitchover
  return { kind: 'done', detail: standing ? `Scheduled is ${nameOf(standing)}.` : 'A switchover is scheduled.' }
}

async function ask(context: SwitchoverContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { leader } = operation.plan
  const snapshot = await freshSnapshot(context)
  const found = findSchedule(snapshot, operation.plan)
  // Patroni drops whatever is scheduled: what was not confirmed must not be there when it is asked.
  if (found.kind === 'other') return { kind: 'refused', detail: replacedBy(found.schedule) }
  const url = configuredAddress(cluster, snapshot, leader)
  if (!url) return { kind: 'refused', detail: notConfigured(leader) }
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  await context.fence()
  context.say(`asked ${leader}`)
  const reply = await cluster.patroni.cancelScheduledSwitchover(url, context.signal)
  switch (reply.kind) {
    case 'cancelled':
      return { kind: 'done', detail: `${leader} dropped it.` }
    case 'none-scheduled':
      return (context.facts.sends ?? 0) > 1
        ? { kind: 'done', detail: 'It is gone.' }
        : {
            kind: 'refused',
            detail: 'Nothing was scheduled any more: it ran, was dropped, or somebody else cancelled it.',
          }
    case 'changed':
      return afterChange(context)
    case 'refused':
      return { kind: 'refused', detail: reply.sentence }
    case 'unknown':
      if (await lookForGone(context)) return { kind: 'done', detail: 'It is gone, although the answer did not say so.' }
      return { kind: 'unknown', detail: `${reply.sentence} See what is scheduled (patronictl list).` }
  }
}

/** Patroni found its key changed under its hands: somebody else acted, or its own write was lost on the way. */
async function afterChange(context: SwitchoverContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const found = findSchedule(await freshSnapshot(context), plan)
  switch (found.kind) {
    case 'gone':
      return { kind: 'done', detail: 'It is gone: its key changed at the moment it was to be dropped.' }
    case 'other':
      return { kind: 'refused', detail: replacedBy(found.schedule) }
    case 'standing':
      return {
        kind: 'refused',
        detail: `${plan.leader} did not drop it, because what is scheduled was changed at that very moment. It still stands: ${nameOf(found.schedule)}. Look at it and cancel it again.`,
      }
  }
}

async function probe(context: SwitchoverContext): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) return { kind: 'not-done' }
  if (await lookForGone(context)) return { kind: 'done', detail: 'It is gone.' }
  return { kind: 'not-done' }
}

async function verify(context: SwitchoverContext): Promise<StepOutcome> {
  await lookForGone(context)
  const found = findSchedule(await freshSnapshot(context), context.operation.plan)
  switch (found.kind) {
    case 'gone':
      return { kind: 'done', detail: 'Nothing is scheduled.' }
    case 'other':
      return {
        kind: 'failed',
        detail: `It is gone, but by now another one is scheduled: ${nameOf(found.schedule)}.`,
      }
    case 'standing':
      return { kind: 'failed', detail: `It is still scheduled, or was scheduled again: ${nameOf(found.schedule)}.` }
  }
}

type Found = { kind: 'gone' } | { kind: 'standing' | 'other'; schedule: ScheduledSwitchover }

function findSchedule({ scheduledSwitchover: schedule }: Snapshot, plan: SwitchoverPlan): Found {
  if (schedule === null) return { kind: 'gone' }
  // A plan made before schedules were named in it means whichever stands.
  const isMeant = plan.scheduledAt === null || isSameSchedule(schedule, plan)
  return { kind: isMeant ? 'standing' : 'other', schedule }
}

async function lookForGone(context: SwitchoverContext): Promise<boolean> {
  const { plan } = context.operation
  const isGone = (snapshot: Snapshot) => (findSchedule(snapshot, plan).kind === 'standing' ? null : true)
  return (await waitFor(context, 15_000, isGone)) === true
}

function replacedBy(schedule: ScheduledSwitchover): string {
  return `Another switchover has been scheduled meanwhile: ${nameOf(schedule)}. It was left alone. Look at it before you cancel it.`
}

function nameOf({ at, to }: ScheduledSwitchover): string {
  return `a switchover${to === null ? '' : ` to ${to}`} for ${formatInstant(at)}`
}
