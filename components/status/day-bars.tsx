'use client'

import { useId } from 'react'
import type { DayTold } from '#domain/availability/status-view.ts'
import { dayDate, dayWords, downMs, worstDays } from './day-words.ts'

/** The days of the quarter, each a bar: green what was served, red what was not, grey what nobody saw. */
export function DayBars({ days }: { days: readonly DayTold[] }) {
  const id = useId()
  const first = days[0]
  if (first === undefined) return null
  const notable = worstDays(days)
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="pb-2 text-md text-muted">
        Day by day, this quarter
      </h3>
      <div
        role="img"
        aria-label={`Days since ${dayDate(first)}; those with an outage are listed below.`}
        className="flex h-12 gap-[2px]"
      >
        {days.map((day) => (
          <span
            key={day.from.getTime()}
            title={`${dayDate(day)}: ${dayWords(day)}`}
            className="flex min-w-0 flex-1 flex-col justify-end overflow-hidden rounded-[2px] border border-line bg-panel"
          >
            {partsOf(day).map(({ className, percent }) => (
              <span key={className} className={className} style={{ height: `${percent}%` }} />
            ))}
          </span>
        ))}
      </div>
      <p className="flex justify-between pt-1 text-sm text-faint">
        <span>{dayDate(first)}</span>
        <span>today, days in UTC</span>
      </p>
      <p className="flex flex-wrap gap-x-5 gap-y-1 pt-2 text-sm text-muted">
        {legend.map(({ className, word }) => (
          <span key={word} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2.5 rounded-[2px] border border-line ${className}`} />
            {word}
          </span>
        ))}
      </p>
      {notable.length === 0 ? null : (
        <ul className="grid gap-0.5 pt-3">
          {notable.map((day) => (
            <li key={day.from.getTime()}>
              <span className="text-muted">{dayDate(day)}:</span> {dayWords(day)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const looks = {
  down: 'bg-bad',
  planned: 'bg-info',
  unseen: 'bg-line-strong',
  serving: 'bg-ok',
}

const legend = [
  { className: looks.serving, word: 'took writes' },
  { className: looks.down, word: 'did not' },
  { className: looks.planned, word: 'did not, planned work' },
  { className: looks.unseen, word: 'not seen' },
  { className: 'bg-panel', word: 'not measured' },
]

/** An outage of seconds must be seen among the hours of a day, and so must a day that was only begun to be measured. */
const leastPercent = 12

function partsOf(day: DayTold): { className: string; percent: number }[] {
  const whole = Math.max(1, day.wholeMs)
  const grown = (ms: number) => (ms === 0 ? 0 : Math.max(leastPercent, (ms / whole) * 100))
  const [down, planned, unseen] = [grown(day.unplannedMs), grown(day.plannedMs), (day.unseenMs / whole) * 100]
  const served = Math.max(0, (day.servingMs / whole) * 100 - (down + planned - (downMs(day) / whole) * 100))
  const serving = day.servingMs === 0 ? 0 : Math.max(served, Math.min(leastPercent, 100 - down - planned - unseen))
  return [
    { className: looks.unseen, percent: unseen },
    { className: looks.down, percent: down },
    { className: looks.planned, percent: planned },
    { className: looks.serving, percent: serving },
  ].filter(({ percent }) => percent > 0)
}
