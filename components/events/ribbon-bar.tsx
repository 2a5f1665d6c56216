'use client'

import { cx } from 'class-variance-authority'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { formatRange } from '#components/time/moment-format.ts'
import type { StoredEvent } from '#domain/event.ts'
import { countSeverities, type Bucket } from './ribbon-buckets.ts'
import { tellSeverities } from './severity.tsx'

interface RibbonBarProps {
  buckets: readonly Bucket[]
  /** The part that is marked now. */
  since: Date | null
  until: Date | null
  zone: string
  onMark: (from: Date, to: Date) => void
}

/** Pieces of time side by side, each a button: a press marks one, dragging or Shift marks all between. */
export function RibbonBar({ buckets, since, until, zone, onMark }: RibbonBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const [reached, setReached] = useState(buckets.length - 1)
  const current = Math.min(reached, buckets.length - 1)

  const mark = (one: number, other: number) => {
    const first = buckets[Math.min(one, other)]
    const last = buckets[Math.max(one, other)]
    if (first && last) onMark(first.from, last.to)
  }
  const indexAt = (event: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect()
    if (!box) return 0
    const place = Math.floor(((event.clientX - box.left) / box.width) * buckets.length)
    return Math.min(Math.max(place, 0), buckets.length - 1)
  }
  const press = (event: KeyboardEvent, index: number) => {
    const next = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: buckets.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      const target = bar.current?.children[Math.min(Math.max(next, 0), buckets.length - 1)]
      if (target instanceof HTMLElement) target.focus()
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const marked = buckets.findIndex((bucket) => isMarked(bucket, since, until))
      mark(event.shiftKey && marked >= 0 ? marked : index, index)
    }
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Parts of the time shown: Enter marks one, Shift and Enter marks all up to it"
      className="flex h-16 cursor-crosshair touch-pan-y border-b border-line-strong select-none"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const index = indexAt(event)
        setDrag({ from: index, to: index })
      }}
      onPointerMove={(event) => setDrag((last) => last && { ...last, to: indexAt(event) })}
      onPointerUp={() => {
        if (drag) mark(drag.from, drag.to)
        setDrag(null)
      }}
      onPointerCancel={() => setDrag(null)}
    >
      {buckets.map((bucket, index) => {
        const isIn = drag
          ? index >= Math.min(drag.from, drag.to) && index <= Math.max(drag.from, drag.to)
          : isMarked(bucket, since, until)
        return (
          <button
            key={bucket.from.getTime()}
            type="button"
            tabIndex={index === current ? 0 : -1}
            aria-pressed={isIn}
            aria-label={`${formatRange(bucket.from, bucket.to, zone)}: ${tellSeverities(countSeverities(bucket.marks)) ?? 'nothing'}`}
            onFocus={() => setReached(index)}
            onKeyDown={(event) => press(event, index)}
            className={cx(
              'relative min-w-0 flex-1 cursor-[inherit]! -outline-offset-2',
              isIn ? 'bg-raised' : 'hover:bg-panel',
            )}
          >
            {bucket.marks.map((one) => (
              <span
                key={one.id}
                style={{ left: `${one.place * 100}%` }}
                className={cx('absolute bottom-0 w-0.5 rounded-t-sm', markLooks[one.severity])}
              />
            ))}
          </button>
        )
      })}
    </div>
  )
}

// Height tells the weight as well as colour does.
const markLooks = {
  critical: 'h-14 bg-bad z-2',
  warning: 'h-8 bg-warn z-1',
  info: 'h-3.5 bg-faint',
} as const satisfies Record<StoredEvent['severity'], string>

function isMarked(bucket: Bucket, since: Date | null, until: Date | null): boolean {
  if (since === null && until === null) return false
  return (since === null || bucket.from >= since) && (until === null || bucket.to <= until)
}
