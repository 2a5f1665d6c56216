import type { Operation } from '#domain/operation/operation.ts'

/** The node that is recovered, or a replica by its place in the plan. */
export type Where = 'node' | 0 | 1

/** The name of a node that a recovery is about. */
export function nodeOf({ plan }: Pick<Operation, 'plan'>, on: Where = 'node'): string {
  if (plan.kind !== 'restore') throw new Error('This is no recovery.')
  const name = on === 'node' ? plan.node : plan.replicas[on]
  if (name === undefined) throw new Error('The plan has no such replica.')
  return name
}
