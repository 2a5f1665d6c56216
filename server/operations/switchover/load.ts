import { freshSnapshot } from '../fresh-snapshot.ts'
import type { StepOutcome } from '../define.ts'
import type { SwitchoverContext } from './context.ts'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'

/** Says what will be cut off or slow the hand-over down: long transactions, backups. It stops nothing: the plan said so before. */
export async function load(context: SwitchoverContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const snapshot = (await context.cluster.snapshot()) ?? (await freshSnapshot(context))
  const { kind, candidate, scheduledAt } = plan
  const backup = await context.cluster.runningBackup()
  const { warnings } = planSwitchover(snapshot, { kind, candidate, scheduledAt, backup, now: context.now() })
  for (const warning of warnings) context.say(warning)
  if (warnings.length > 0) return { kind: 'done', detail: warnings.join(' ') }
  const leader = snapshot.members.find(({ name }) => name === plan.leader)
  if (leader?.postgres) return { kind: 'done', detail: `Nothing that stands out on ${plan.leader}.` }
  return {
    kind: 'done',
    detail: `Not looked at on ${plan.leader}: the console has no SQL access to this cluster.`,
  }
}
