import type { Operation } from '#domain/operation.ts'

/** Why the operation cannot be stopped any more; null while it can. */
export function whyTooLate({ steps, plan }: Pick<Operation, 'steps' | 'plan'>): string | null {
  const asked = steps.find(({ name }) => name === effect)
  if (!asked || asked.state === 'pending') return null
  const after = plan.kind === 'schedule-switchover' ? 'Cancel the scheduled switchover instead.' : 'See how it ends.'
  return `Patroni has been asked already, and that cannot be called back. ${after}`
}

/** In every kind of operation, the one step that changes the cluster. */
const effect = 'ask'
