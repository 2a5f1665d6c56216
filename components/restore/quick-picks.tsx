'use client'

import { useClock } from '#components/time/clock-provider.tsx'
import { Button } from '#components/ui/button.tsx'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'

interface QuickPicksProps {
  target: RecoveryTarget | null
  onTarget: (target: RecoveryTarget) => void
}

/** Moments that are often meant, and small steps from the one that is chosen. */
export function QuickPicks({ target, onTarget }: QuickPicksProps) {
  const clock = useClock()
  const moment = target?.type === 'time' ? target : null
  return (
    <div className="grid gap-2">
      <div role="group" aria-label="Often meant" className="flex flex-wrap gap-2">
        {picks.map(({ label, ms }) => (
          <Button
            key={label}
            size="small"
            onClick={() => onTarget({ type: 'time', at: wholeSecond(clock.read().getTime() - ms), timeline: null })}
          >
            {label}
          </Button>
        ))}
        <Button size="small" onClick={() => onTarget({ type: 'default', timeline: null })}>
          End of the archive
        </Button>
      </div>
      {moment ? (
        <div role="group" aria-label="A little earlier or later" className="flex flex-wrap gap-2">
          {steps.map(({ label, ms }) => (
            <Button
              key={label}
              size="small"
              tone="quiet"
              onClick={() => onTarget({ ...moment, at: new Date(moment.at.getTime() + ms) })}
            >
              {label}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

const minute = 60_000

const picks = [
  { label: '1 minute ago', ms: minute },
  { label: '5 minutes ago', ms: 5 * minute },
  { label: '15 minutes ago', ms: 15 * minute },
  { label: '1 hour ago', ms: 60 * minute },
  { label: '1 day ago', ms: 1440 * minute },
] as const

const steps = [
  { label: '1 min earlier', ms: -minute },
  { label: '1 s earlier', ms: -1000 },
  { label: '1 s later', ms: 1000 },
  { label: '1 min later', ms: minute },
] as const

function wholeSecond(ms: number): Date {
  return new Date(Math.floor(ms / 1000) * 1000)
}
