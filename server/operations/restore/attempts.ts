import type { RecoveryAttempt } from '#domain/recovery/restore-result.ts'
import type { RestoreCourse } from './standing.ts'
import { doingOf } from './step-names.ts'

/** What was seen of the data that is there now; null where it was recovered further or restored anew since anybody looked. */
export function lastAttempt({ facts, ended }: Pick<RestoreCourse, 'facts' | 'ended'>): RecoveryAttempt | null {
  const at = ended.findLastIndex(({ name }) => doingOf(name) === 'inspect')
  const isPast = ended.slice(at + 1).some(({ name }) => moving.has(doingOf(name)))
  const step = ended[at]
  return isPast || step === undefined ? null : (facts.restore?.attempts?.[step.name] ?? null)
}

/** What brings the data elsewhere, even where it fails. */
const moving: ReadonlySet<string> = new Set(['restore', 'retarget', 'recover'])
