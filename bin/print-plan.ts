import type { Plan } from '#domain/plan/plan.ts'
import { printLines } from './print.ts'

/** What an operation would do, what stands in its way and what is worth knowing. */
export function printPlan({ sentences, blockers, warnings }: Pick<Plan, 'sentences' | 'blockers' | 'warnings'>): void {
  printLines(sentences)
  for (const blocker of blockers) printLines([`In the way: ${blocker}`])
  for (const warning of warnings) printLines([`Mind: ${warning}`])
}
