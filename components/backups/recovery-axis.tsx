'use client'

import { cx } from 'class-variance-authority'
import { useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { formatClock, formatDate } from '#components/time/moment-format.ts'
import { useZone } from '#components/time/zone.ts'
import { backupTypeWord, type BackupType } from '#domain/backup/backup.ts'
import { formatInstant } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { AxisLane } from './axis-lane.tsx'
import { axisStops, placeOf, tellPlace, type AxisStop } from './axis-stops.ts'
import { BackupShape } from './backup-shape.tsx'
import type { Axis, Lane } from './lay-out-axis.ts'

/** A moment touched on the axis. */
export interface Touched {
  at: Date
  /** Null where the timeline is the current one, or one that it descends from. */
  timeline: number | null
}

interface RecoveryAxisProps {
  axis: Axis
  /** What touching a place, or Enter on it, does; absent = the axis only tells. */
  onTouch?: ((touched: Touched) => void) | undefined
  /** The moment that is chosen. */
  picked?: Date | null
}

/** The recoverable window in time: arrows, or the pointer, tell of each place to the second. */
export function RecoveryAxis({ axis, onTouch, picked = null }: RecoveryAxisProps) {
  const zone = useZone()
  const stops = axisStops(axis)
  const [at, setAt] = useState<number | null>(null)
  const [pointed, setPointed] = useState<AxisStop | null>(null)
  const index = Math.min(at ?? stops.length - 1, stops.length - 1)
  const reached = stops[index] ?? null
  const shown = pointed ?? (at === null ? null : reached)

  const touch = ({ at: moment, lane }: AxisStop) => {
    const touched = axis.lanes[lane]
    onTouch?.({ at: moment, timeline: !touched || touched.isOnLine ? null : touched.timeline })
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && onTouch && reached) {
      event.preventDefault()
      touch(reached)
      return
    }
    const next = steps(index, stops.length)[event.key]
    if (next === undefined) return
    event.preventDefault()
    setPointed(null)
    setAt(Math.min(Math.max(next, 0), stops.length - 1))
  }
  const placeUnder = (event: PointerEvent | MouseEvent) => {
    const lane = event.target instanceof Element ? event.target.closest('[data-lane]') : null
    if (!(lane instanceof HTMLElement)) return null
    const box = lane.getBoundingClientRect()
    const left = ((event.clientX - box.left) / box.width) * 100
    return tellPlace(axis, stops, Number(lane.dataset['lane']), left)
  }
  const point = (event: PointerEvent) => setPointed(placeUnder(event) ?? pointed)
  const click = (event: MouseEvent) => {
    const place = placeUnder(event)
    if (place) touch(place)
  }
  const chosen = picked === null ? null : placeOf(axis, picked)

  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
        <div aria-hidden="true" className="grid text-sm text-muted">
          {axis.lanes.map((lane) => (
            <span key={`${lane.repository} ${lane.timeline}`} className="flex h-8 items-center whitespace-nowrap">
              {laneName(lane, axis)}
            </span>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={`What can be recovered, in time: arrows go from one place to the next${onTouch ? ', Enter takes it' : ''}`}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, stops.length - 1)}
          aria-valuenow={Math.max(0, index)}
          aria-valuetext={reached?.sentence ?? 'Nothing can be recovered.'}
          className={cx('touch-pan-y rounded-sm outline-offset-1', onTouch && 'cursor-crosshair')}
          onKeyDown={press}
          onFocus={() => setAt(index)}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPointed(null)}
          {...(onTouch ? { onClick: click } : {})}
        >
          {axis.lanes.map((lane, laneIndex) => (
            <AxisLane
              key={`${lane.repository} ${lane.timeline}`}
              lane={lane}
              index={laneIndex}
              cursor={shown?.lane === laneIndex ? shown.left : null}
              picked={chosen}
            />
          ))}
        </div>
        <span />
        <Scale axis={axis} zone={zone} />
      </div>
      <p aria-hidden="true" className="min-h-10 text-muted">
        {shown?.sentence ?? `From ${formatInstant(axis.from)} to now. ${hint(onTouch !== undefined)}`}
      </p>
      <Legend axis={axis} />
    </div>
  )
}

function hint(isToTouch: boolean): string {
  return isToTouch
    ? 'Touch the moment to go back to, or go there with the arrows and press Enter.'
    : 'Point at a place, or go there with the arrows.'
}

function Scale({ axis: { from, to }, zone }: { axis: Axis; zone: string }) {
  const lengthMs = to.getTime() - from.getTime()
  return (
    <div aria-hidden="true" className="relative h-5 border-t border-line-strong pt-0.5 text-xs text-faint">
      {[0, 0.3, 0.6].map((place) => (
        <span key={place} className="absolute whitespace-nowrap" style={{ left: `${place * 100}%` }}>
          {label(new Date(from.getTime() + lengthMs * place), lengthMs, zone)}
        </span>
      ))}
      <span className="absolute right-0">now</span>
    </div>
  )
}

function Legend({ axis }: { axis: Axis }) {
  const drawn = axis.lanes.flatMap(({ backups }) => backups.map(({ backup }) => backup.type))
  const types = (['full', 'diff', 'incr'] as const satisfies readonly BackupType[]).filter((type) =>
    drawn.includes(type),
  )
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
      {types.map((type) => (
        <li key={type} className="flex items-center gap-1.5">
          <BackupShape type={type} />
          {backupTypeWord(type)} backup
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span className="h-3 w-5 rounded-sm border border-ok bg-ok/25" />
        can be recovered
      </li>
      {axis.lanes.some(({ isOnLine, spans }) => !isOnLine && spans.length > 0) ? (
        <li className="flex items-center gap-1.5">
          <span className="h-3 w-5 rounded-sm border border-line-strong bg-raised" />
          can be recovered, on a timeline that was left behind
        </li>
      ) : null}
      {axis.lanes.some(({ holes }) => holes.length > 0) ? (
        <li className="flex items-center gap-1.5">
          <span className="h-3 w-5 rounded-sm border border-dashed border-warn" />
          WAL is missing
        </li>
      ) : null}
      {axis.lanes.some(({ beginning }) => beginning !== null) ? (
        <li className="flex items-center gap-1.5">
          <span className="h-3.5 w-0 border-l-2 border-dotted border-muted" />
          the timeline began
        </li>
      ) : null}
      {axis.lanesLeftOut === 0 ? null : <li>{count(axis.lanesLeftOut, 'older timeline')} not drawn</li>}
    </ul>
  )
}

function laneName({ repository, timeline }: Lane, { lanes }: Axis): string {
  const isOnlyRepository = lanes.every((lane) => lane.repository === repository)
  return isOnlyRepository ? `Timeline ${timeline}` : `Repository ${repository}, timeline ${timeline}`
}

function label(at: Date, lengthMs: number, zone: string): string {
  // Named by the minute, ticks that lie seconds apart would all be called the same.
  if (lengthMs <= 2 * 86_400_000) return formatClock(at, zone, lengthMs < 6 * 60_000)
  return formatDate(at, zone)
}

function steps(index: number, size: number): Record<string, number> {
  return {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - 10,
    PageUp: index + 10,
    Home: 0,
    End: size - 1,
  }
}
