import { deafReason, deafSentence } from '#components/live/deafness.ts'
import type { LineState } from '#components/live/line.ts'
import { assess } from '#domain/judgement/assess.ts'
import type { Assessment } from '#domain/judgement/assessment.ts'
import { formatAge } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { isStale } from '#domain/snapshot/staleness.ts'

/** A snapshot with what is to be thought of it at one moment. */
export interface Judged {
  snapshot: Snapshot
  assessment: Assessment
  now: Date
  /** False while the page does not hear of changes: nothing on it may look current. */
  isHearing: boolean
  /** Why nothing can be done from a page that does not hear; null while it does. */
  deafReason: string | null
}

/** A page that has stopped hearing, while the console may well go on looking, tells the last word as such. */
export function judge(snapshot: Snapshot, now: Date, phase: LineState['phase']): Judged {
  if (phase === 'live' || !isStale(snapshot.takenAt, now)) {
    return { snapshot, assessment: assess(snapshot, now), now, isHearing: true, deafReason: null }
  }
  const last = assess(snapshot, snapshot.takenAt)
  const why = deafSentence(phase, formatAge(snapshot.takenAt, now))
  const verdict = { level: 'unseen', sentence: `${why} Then: ${last.verdict.sentence}` } as const
  return { snapshot, assessment: { ...last, verdict }, now, isHearing: false, deafReason: deafReason(phase) }
}
