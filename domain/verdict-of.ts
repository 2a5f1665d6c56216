import type { Assessment } from './assessment.ts'
import type { Snapshot } from './snapshot.ts'
import type { Verdict } from './verdict.ts'

/** What a colleague would say of the cluster at `now`, in one plain sentence. */
export function verdictOf(given: Omit<Assessment, 'verdict'> & { snapshot: Snapshot; now: Date }): Verdict {
  const { leader } = given.snapshot
  return { level: 'unseen', sentence: leader ? `${leader.name} leads.` : 'Nobody leads.' }
}
