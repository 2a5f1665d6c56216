import type { StepContext } from '../define.ts'

/** True where the plan has to be held against fresh readings again; a check that lies ahead was made by no clock of ours. */
export function isStaleCheck({ facts, now }: Pick<StepContext, 'facts' | 'now'>): boolean {
  if (!facts.checkedAt) return true
  const ageMs = now().getTime() - facts.checkedAt.getTime()
  return ageMs < 0 || ageMs > freshCheckMs
}

const freshCheckMs = 5_000
