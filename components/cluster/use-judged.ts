'use client'

import { useMemo } from 'react'
import { useLineState } from '#components/live/live-provider.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import type { ClusterView } from '#domain/fleet/view.ts'
import { judge, type Judged } from './judge.ts'

/** The snapshot judged as of this second, so that what grows old is seen to do so. */
export function useJudged({ snapshot }: ClusterView): Judged | null {
  const now = useNow()
  const { phase } = useLineState()
  return useMemo(() => (snapshot ? judge(snapshot, now, phase) : null), [snapshot, now, phase])
}
