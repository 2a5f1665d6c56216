'use client'

import { Button } from '#components/ui/button.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { exactInstant } from '#domain/recovery/target-words.ts'

interface TakeNearestProps {
  /** Null = the target can be recovered, or no moment near it can. */
  nearestAt: Date | null
  onTarget: (target: RecoveryTarget) => void
}

/** Takes the nearest moment that can be recovered, where the one that was asked for cannot. */
export function TakeNearest({ nearestAt, onTarget }: TakeNearestProps) {
  if (nearestAt === null) return null
  return (
    <Button
      size="small"
      className="justify-self-start"
      onClick={() => onTarget({ type: 'time', at: nearestAt, timeline: null })}
    >
      Take {exactInstant(nearestAt)}
    </Button>
  )
}
