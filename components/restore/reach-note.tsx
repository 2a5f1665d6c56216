'use client'

import { Button } from '#components/ui/button.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import type { BackupChoice, RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { exactInstant } from '#domain/recovery/target-words.ts'

interface ReachNoteProps {
  choice: BackupChoice
  target: RecoveryTarget
  onTarget: (target: RecoveryTarget) => void
}

/** Whether the target can be recovered, said at once, and the nearest that can where it cannot. */
export function ReachNote({ choice, target, onTarget }: ReachNoteProps) {
  if (choice.kind === 'chosen') {
    return (
      <p className="flex items-start gap-2.5">
        <StateIcon tone="ok" className="mt-[3px]" />
        <span>
          It can be recovered. <span className="text-muted">{choice.why}</span>
        </span>
      </p>
    )
  }
  const { sentence, nearestAt, isEndOfArchiveBetter } = choice
  const timeline = 'timeline' in target ? target.timeline : null
  return (
    <div role="alert" className="grid justify-items-start gap-2">
      <p className="flex items-start gap-2.5">
        <StateIcon tone="bad" className="mt-[3px]" />
        <span>{sentence}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        {nearestAt ? (
          <Button size="small" onClick={() => onTarget({ type: 'time', at: nearestAt, timeline })}>
            Take {exactInstant(nearestAt)}
          </Button>
        ) : null}
        {isEndOfArchiveBetter ? (
          <Button size="small" onClick={() => onTarget({ type: 'default', timeline })}>
            Take the end of the archive
          </Button>
        ) : null}
      </div>
    </div>
  )
}
