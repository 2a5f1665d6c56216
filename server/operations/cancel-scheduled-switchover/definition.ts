import type { OperationDefinition, StepContext, StepOutcome } from '../define.ts'
import { freshSnapshot, waitFor } from '../fresh-snapshot.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { recheck } from '../recheck.ts'

const deadlineMs = 600_000

/** Takes a scheduled switchover back. */
export const cancelScheduledSwitchover: OperationDefinition = {
  kind: 'cancel-scheduled-switchover',
  version: 1,
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
}

async function preflight(context: StepContext): Promise<StepOutcome> {
  const found = await recheck(context)
  if ('kind' in found) return found
  const standing = found.snapshot.scheduledSwitchover
  return { kind: 'done', detail: `A switchover is scheduled${standing ? ` for ${standing.at.toISOString()}` : ''}.` }
}

async function ask(context: StepContext): Promise<StepOutcome> {
  const { cluster, operation } = context
  const { leader } = operation.plan
  const snapshot = await freshSnapshot(context)
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
    case 'refused':
      return { kind: 'refused', detail: reply.sentence }
    case 'unknown':
      if (await lookForNone(context)) return { kind: 'done', detail: 'It is gone, although the answer did not say so.' }
      return { kind: 'unknown', detail: `${reply.sentence} See what is scheduled (patronictl list).` }
  }
}

async function probe(context: StepContext): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) return { kind: 'not-done' }
  if (await lookForNone(context)) return { kind: 'done', detail: 'It is gone.' }
  return { kind: 'not-done' }
}

async function verify(context: StepContext): Promise<StepOutcome> {
  if (await lookForNone(context)) return { kind: 'done', detail: 'Nothing is scheduled.' }
  return { kind: 'failed', detail: 'A switchover is still scheduled: somebody may have scheduled another one.' }
}

async function lookForNone(context: StepContext): Promise<boolean> {
  const found = await waitFor(context, 15_000, (snapshot) => (snapshot.scheduledSwitchover === null ? true : null))
  return found === true
}
