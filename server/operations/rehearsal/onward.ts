import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { actOf, type Course } from '../define.ts'
import { titleOf } from './titles.ts'

/** How often a node is asked to clear up before it is left to a person. */
const mostTries = 2

/**
 * However a rehearsal ends, what it restored is deleted: where a step did not come to its end, that is what follows, and then the verdict. Called
 * off, it ends as that.
 */
export function onward({ plan, ended }: Course<RehearsalPlan>): { name: string; title: string }[] | null {
  const last = ended.at(-1)
  const isBegun = ended.some(({ name, outcome }) => actOf(name) === 'restore' && !isUnbegun(outcome))
  if (last === undefined || last.outcome.kind === 'done' || !isBegun) return null
  const destroyed = ended.filter(({ name, outcome }) => actOf(name) === 'destroy' && !isUnbegun(outcome))
  if (destroyed.some(({ outcome }) => outcome.kind === 'done') || destroyed.length >= mostTries) return null
  const isCalledOff = ended.some(({ outcome }) => outcome.kind === 'cancelled')
  const wasBad = ended.some(({ outcome }) => outcome.kind !== 'done' && outcome.kind !== 'cancelled')
  const judge = isCalledOff && !wasBad ? 'call-off' : 'report'
  // Steps of the plan by these names were never come to: they are skipped.
  const suffix = `~${destroyed.length + 2}`
  return ['destroy', judge].map((act) => ({ name: `${act}${suffix}`, title: titleOf(act, plan) }))
}

/** Called off before it began. */
function isUnbegun(outcome: Course['ended'][number]['outcome']): boolean {
  return outcome.kind === 'cancelled' && /before anything was sent/.test(outcome.detail)
}
