'use client'

import { useNow } from '#components/time/clock-provider.tsx'
import { formatClock, formatDay } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatDuration } from '#domain/format.ts'
import { exactInstant, targetWords } from '#domain/recovery/target-words.ts'

interface TargetEchoProps {
  target: RecoveryTarget
  /** How a typed text was understood, in full; null where nothing was typed. */
  understood: string | null
}

/** What was understood: a moment in UTC, in the viewer's zone and how long ago; anything else in words. */
export function TargetEcho({ target, understood }: TargetEchoProps) {
  const at = momentOf(target)
  const words = targetWords(target)
  // It begins with the same words.
  const more = understood?.slice(words.length + 1).trim() ?? ''
  return (
    <div role="status" className="grid gap-0.5">
      <p className="text-lg tracking-[-0.01em] break-words">{words}</p>
      {more === '' ? null : <p className="text-muted">{more}</p>}
      {more === '' && at ? <AroundMoment at={at} isTarget={target.type === 'time'} /> : null}
    </div>
  )
}

function AroundMoment({ at, isTarget }: { at: Date; isTarget: boolean }) {
  const zone = useZone()
  const agoMs = useNow().getTime() - at.getTime()
  const ago = agoMs < 0 ? `in ${formatDuration(-agoMs)}` : `${formatDuration(Math.floor(agoMs / 1000) * 1000)} ago`
  const local = zone === 'UTC' ? null : `${formatDay(at, zone)}, ${formatClock(at, zone)} in ${zone}`
  return (
    <p className="text-muted">
      {[isTarget ? null : exactInstant(at), local, ago].filter((part) => part !== null).join(' · ')}
    </p>
  )
}

/** The moment that a target is, or near which it lies; null where none is known. */
export function momentOf(target: RecoveryTarget): Date | null {
  if (target.type === 'time') return target.at
  return 'at' in target ? (target.at ?? null) : null
}
