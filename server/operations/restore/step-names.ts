import type { RestorePlan } from '#domain/plan/restore-plan.ts'

/** What is done: an act, and for acts on a replica which of the plan's replicas, from 1: `rebuild-replica~2`. */
export type Doing = string

const onReplica: ReadonlySet<string> = new Set(['rebuild-replica', 'return-replica'])

/** What a step does, whichever time it comes: `restore~2` does `restore`, `rebuild-replica~1~2` does `rebuild-replica~1`. */
export function doingOf(step: string): Doing {
  const [act = '', ...parts] = step.split('~')
  return onReplica.has(act) ? `${act}~${parts[0] ?? '1'}` : act
}

/** The step's name when it comes for the nth time. */
export function stepName(doing: Doing, turn: number): string {
  return turn === 1 ? doing : `${doing}~${turn}`
}

/** An act for each of the plan's replicas. */
export function onEachReplica(act: string, { replicas }: RestorePlan): Doing[] {
  return replicas.map((_, index) => `${act}~${index + 1}`)
}

/** The replica that a step is about. */
export function replicaOf(step: string, { replicas }: Pick<RestorePlan, 'replicas'>): string {
  const place = Number(doingOf(step).split('~')[1] ?? 0)
  const replica = replicas[place - 1]
  if (replica === undefined) throw new Error(`The step ${step} is about no replica of the plan.`)
  return replica
}
