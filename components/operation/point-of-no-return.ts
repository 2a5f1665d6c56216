import type { Operation } from '#domain/operation/operation.ts'
import { isStackPlan } from './stack-words.ts'

/** Why the operation cannot be stopped any more; null while it can. */
export function whyTooLate({ steps, plan }: Pick<Operation, 'steps' | 'plan'>): string | null {
  if (plan.kind === 'backup') return whyNothingLeft(steps)
  if (plan.kind === 'restore') return whyPublished(steps)
  if (plan.kind === 'rehearsal') return null
  if (plan.kind === 'reinitialise') return whyNothingToFollow(steps)
  // Whoever stops a pause resumes.
  if (plan.kind === 'pooler-pause') return null
  if (isStackPlan(plan)) return whySent(steps)
  const asked = steps.find(({ name }) => name === effect)
  if (!asked || asked.state === 'pending') return null
  const after = plan.kind === 'schedule-switchover' ? 'Cancel the scheduled switchover instead.' : 'See how it ends.'
  return `Patroni has been asked already, and that cannot be called back. ${after}`
}

/** Wherever the lead is concerned, the one step that changes the cluster. */
const effect = 'ask'

/** A command to a layer is one question, after which there is nothing to stop. */
function whySent(steps: Operation['steps']): string | null {
  const sent = steps.find(({ name }) => name === 'send' || name === 'command' || name === effect)
  return sent === undefined || sent.state === 'pending' ? null : 'It has been sent already. See what came of it.'
}

/** A backup can be ended as long as it runs. */
function whyNothingLeft(steps: Operation['steps']): string | null {
  const followed = steps.find(({ name }) => name === 'follow')
  if (!followed || followed.state === 'pending' || followed.state === 'running') return null
  return 'pgBackRest has ended already. See what came of it.'
}

/** The copy itself cannot be called back; to follow it can be left off as long as it lasts. */
function whyNothingToFollow(steps: Operation['steps']): string | null {
  const followed = steps.find(({ name }) => name === 'follow')
  if (!followed || followed.state === 'pending' || followed.state === 'running') return null
  return 'The copy has ended already. See what came of it.'
}

/** A recovery can be taken back until its timeline is published. */
function whyPublished(steps: Operation['steps']): string | null {
  const opened = steps.some(
    ({ name, state }) => name.split('~')[0] === 'open' && state !== 'pending' && state !== 'skipped',
  )
  return opened ? 'The recovered cluster writes and archives its own timeline already. See how it ends.' : null
}
