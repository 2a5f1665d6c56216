import type { Operation, OperationStep } from '#domain/operation/operation.ts'

/** The node on which an ended recovery or rehearsal may have left what it restored and gave up; null = on none. */
export function leftOverOn({ kind, plan, steps }: Pick<Operation, 'kind' | 'plan' | 'steps'>): string | null {
  if (plan.kind === 'rehearsal' && kind === 'rehearsal') {
    return begun(steps, ['destroy']) && !done(steps, ['destroy']) ? plan.node : null
  }
  if (plan.kind !== 'restore' || kind !== 'restore') return null
  const isSetAside = begun(steps, ['take-back-data', 'rebuild-node'])
  return isSetAside && !done(steps, ['discard-attempt', 'rebuild-node']) ? plan.node : null
}

function begun(steps: readonly OperationStep[], acts: readonly string[]): boolean {
  return steps.some(({ name, state }) => isOf(name, acts) && state !== 'pending' && state !== 'skipped')
}

function done(steps: readonly OperationStep[], acts: readonly string[]): boolean {
  return steps.some(({ name, state }) => isOf(name, acts) && state === 'done')
}

/** `destroy~2` is `destroy` once more. */
function isOf(name: string, acts: readonly string[]): boolean {
  return acts.includes(name.split('~')[0] ?? '')
}
