'use client'

import { cx } from 'class-variance-authority'
import type { LineState } from '#components/live/line.ts'
import { useLine, useLineState } from '#components/live/live-provider.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { formatAge } from '#domain/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { isStale } from '#domain/staleness.ts'

/** Whether what is seen is of this moment, and the switch that holds it still. */
export function LiveIndicator({ seenAt }: { seenAt?: Date | null }) {
  const line = useLine()
  const state = useLineState()
  const now = useNow()
  const isPaused = state.phase === 'paused'
  const { tone, text, short } = describe(state.phase, seenAt, now)
  return (
    <span className="inline-flex items-center gap-1 text-sm text-muted">
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        {tone === 'ok' ? <span aria-hidden="true" className="size-2 rounded-full bg-ok" /> : <StateIcon tone={tone} />}
        <span className="phone:hidden">{text}</span>
        <span className="md:hidden">{short}</span>
      </span>
      <button
        type="button"
        onClick={() => line.setPhase(isPaused ? 'connecting' : 'paused')}
        aria-label={isPaused ? 'Follow changes again' : 'Pause the live view'}
        data-tip={isPaused ? 'Follow changes again (p)' : 'Pause the live view (p)'}
        className={cx(
          'grid size-7 place-items-center rounded-md text-faint hover:bg-raised hover:text-text print-hidden phone:hidden',
          isPaused && 'text-text',
        )}
      >
        {isPaused ? <Icon name="play" className="size-3.5" /> : <Icon name="pause" className="size-3.5" />}
      </button>
    </span>
  )
}

interface Told {
  tone: Tone
  text: string
  /** Where there is little room. */
  short: string
}

function describe(phase: LineState['phase'], seenAt: Date | null | undefined, now: Date): Told {
  const age = seenAt ? formatAge(seenAt, now) : null
  const seen = age === null ? '' : `, seen ${age} ago`
  if (phase === 'paused') return { tone: 'unseen', text: `paused${seen}`, short: 'paused' }
  if (phase === 'reconnecting') return { tone: 'unseen', text: `reconnecting${seen}`, short: 'reconnecting' }
  if (seenAt && isStale(seenAt, now)) return { tone: 'unseen', text: `last seen ${age} ago`, short: `${age} old` }
  return { tone: 'ok', text: `live${seen}`, short: age === null ? 'live' : `live, ${age}` }
}
