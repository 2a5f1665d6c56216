'use client'

import { useMemo } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { assess } from '#domain/assess.ts'
import type { Assessment } from '#domain/assessment.ts'
import { formatAge } from '#domain/format.ts'
import type { Snapshot } from '#domain/snapshot.ts'
import { isStale } from '#domain/staleness.ts'
import type { ClusterView } from '#domain/view.ts'

export interface Judged {
  snapshot: Snapshot
  assessment: Assessment
  now: Date
  /** False while the page does not hear of changes: nothing on it may look current. */
  isHearing: boolean
}

/** The snapshot judged as of this second, so that what grows old is seen to do so. */
export function useJudged(view: ClusterView): Judged | null {
  const now = useNow()
  const { phase } = useLineState()
  const { snapshot } = view
  const isDeaf = phase === 'paused' || phase === 'reconnecting'
  return useMemo(() => {
    if (!snapshot) return null
    if (!isDeaf || !isStale(snapshot.takenAt, now)) {
      return { snapshot, assessment: assess(snapshot, now), now, isHearing: true }
    }
    return { snapshot, assessment: assessDeaf(snapshot, now, phase === 'paused'), now, isHearing: false }
  }, [snapshot, now, isDeaf, phase])
}

/** What can be said while this page, not the console, has stopped looking: the last word, told as such. */
function assessDeaf(snapshot: Snapshot, now: Date, isPaused: boolean): Assessment {
  const last = assess(snapshot, snapshot.takenAt)
  const age = formatAge(snapshot.takenAt, now)
  const why = isPaused ? `This page was paused ${age} ago.` : `This page has not heard from the console for ${age}.`
  return { ...last, verdict: { level: 'unseen', sentence: `${why} Then: ${last.verdict.sentence}` } }
}
