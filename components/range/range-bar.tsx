'use client'

import { cx } from 'class-variance-authority'
import { useId, useState, type ReactNode } from 'react'
import { useClock } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import { Button } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { CustomRange } from './custom-range.tsx'
import { rangeWords } from './range-words.ts'
import { hasLater, lasts, pan, zoomIn, zoomOut, type TimeRange } from './time-range.ts'

interface RangeBarProps {
  range: TimeRange
  onRange: (range: TimeRange) => void
  /** What stands at its right: what can be done with what is shown. */
  children?: ReactNode
}

/** What part of time the page shows, and the ways to another. */
export function RangeBar({ range, onRange, children }: RangeBarProps) {
  const clock = useClock()
  const zone = useZone()
  const formId = useId()
  const [isTyping, setIsTyping] = useState(false)
  const go = (change: (range: TimeRange, now: Date) => TimeRange) => onRange(change(range, clock.read()))
  const isLast = range.kind === 'last'
  return (
    <section aria-label="Time shown" className="grid gap-3 print-hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div role="group" aria-label="The newest" className="flex gap-0.5 phone:w-full phone:*:flex-1">
          {lasts.map(({ name, words }) => (
            <button
              key={name}
              type="button"
              aria-label={`${shortName(name)}: the last ${words}`}
              aria-pressed={isLast && range.last === name}
              onClick={() => onRange({ kind: 'last', last: name })}
              className={cx(
                'h-8 rounded-md px-2.5 tabular-nums phone:h-11 phone:px-0',
                isLast && range.last === name ? 'bg-raised text-text' : 'text-muted hover:bg-raised hover:text-text',
              )}
            >
              {shortName(name)}
            </button>
          ))}
        </div>
        <div role="group" aria-label="Move" className="flex items-center gap-0.5">
          <Step label="Earlier" onClick={() => go((one, now) => pan(one, -1, now))}>
            <Icon name="chevron-right" className="rotate-180" />
          </Step>
          <Step
            label="Later"
            disabledReason={hasLater(range, clock.read()) ? null : 'Now is shown: there is nothing later.'}
            onClick={() => go((one, now) => pan(one, 1, now))}
          >
            <Icon name="chevron-right" />
          </Step>
          <Step label="Half as much time" onClick={() => go(zoomIn)}>
            <Icon name="zoom-in" />
          </Step>
          <Step label="Twice as much time" onClick={() => go(zoomOut)}>
            <Icon name="zoom-out" />
          </Step>
          <Button
            tone="quiet"
            size="small"
            aria-expanded={isTyping}
            aria-controls={formId}
            onClick={() => setIsTyping(!isTyping)}
          >
            From … to …
          </Button>
          {isLast ? null : (
            <Button tone="quiet" size="small" onClick={() => onRange({ kind: 'last', last: '1h' })}>
              Follow now
            </Button>
          )}
        </div>
        <p role="status" className="sr-only">
          {rangeWords(range, zone)}
        </p>
        {children ? <div className="ml-auto flex items-center gap-2 phone:ml-0">{children}</div> : null}
      </div>
      {isTyping ? (
        <div id={formId}>
          <CustomRange
            range={range}
            onRange={(next) => {
              setIsTyping(false)
              onRange(next)
            }}
          />
        </div>
      ) : null}
    </section>
  )
}

/** `6 h` for `6h`. */
function shortName(name: string): string {
  return name.replace(/(\d+)/, '$1 ')
}

interface StepProps {
  label: string
  disabledReason?: string | null
  onClick: () => void
  children: ReactNode
}

function Step({ label, disabledReason = null, onClick, children }: StepProps) {
  return (
    <Button
      tone="quiet"
      size="icon"
      aria-label={label}
      data-tip={disabledReason ?? label}
      disabledReason={disabledReason}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}
