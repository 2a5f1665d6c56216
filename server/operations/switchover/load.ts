import { freshSnapshot } from '../fresh-snapshot.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import { planSwitchover } from '#domain/plan-switchover.ts'

/** Says what will be cut off or slow the hand-over down: long transactions, backups. It stops nothing: the plan said so before. */
export async function load(context: StepContext): Promise<StepOutcome> {
  const { plan, kind } = context.operation
  const snapshot = (await context.cluster.snapshot()) ?? (await freshSnapshot(context))
  const { candidate, scheduledAt } = plan
  const { warnings } = planSwitchover(snapshot, { kind, candidate, scheduledAt, now: context.now() })
  for (const warning of warnings) context.say(warning)
  if (warnings.length > 0) return { kind: 'done', detail: warnings.join(' ') }
  const leader = snapshot.members.find(({ name }) => name === plan.leader)
  if (leader?.postgres) return { kind: 'done', detail: `Nothing that stands out on ${plan.leader}.` }
  return {
    kind: 'done',
    detail: `Not looked at on ${plan.leader}: the console has no SQL access to this cluster.`,
  }
}
