'use client'

import { cx } from 'class-variance-authority'
import { useLine, useLineState } from '#components/live/live-provider.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { tellLine } from './line-words.ts'

/** Whether what is seen is of this moment, and the switch that holds it still. */
export function LiveIndicator({ seenAt }: { seenAt?: Date | null }) {
  const line = useLine()
  const state = useLineState()
  const now = useNow()
  const isPaused = state.phase === 'paused'
  const { tone, text, short } = tellLine(state.phase, seenAt, now)
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
