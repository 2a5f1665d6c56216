import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { formatClock, formatDay } from '#components/time/moment-format.ts'
import { formatInstant } from '#domain/format.ts'
import { markShapes } from './mark-shapes.ts'
import type { ChartMark, PlacedMark } from './place-marks.ts'
import { axisWidth, rightRoom } from './plot-room.ts'

interface MarkHeadsProps {
  placed: readonly PlacedMark[]
  span: { from: Date; to: Date }
  zone: string
  linkOf: (marks: readonly ChartMark[]) => string
}

/** The heads of the lines that mark what happened: what, on hover, and the way there. Whoever goes by keys has them in the list of the page. */
export function MarkHeads({ placed, span, zone, linkOf }: MarkHeadsProps) {
  const isLong = span.to.getTime() - span.from.getTime() > dayMs
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-0 h-0 print-hidden"
      style={{ left: axisWidth, right: rightRoom }}
    >
      {placed.map(({ place, weight, marks }) => (
        <Link
          key={marks[0]?.key}
          href={linkOf(marks)}
          prefetch={false}
          tabIndex={-1}
          data-tip={tipOf(marks, isLong, zone)}
          style={{ left: `${place * 100}%` }}
          className="pointer-events-auto absolute -top-1.5 -ml-2.5 grid size-5 place-items-center"
        >
          <svg viewBox="0 0 8 8" className={cx('size-2', looks[weight])}>
            <path d={markShapes[weight]} fill="currentColor" />
          </svg>
        </Link>
      ))}
    </div>
  )
}

function tipOf(marks: readonly ChartMark[], isLong: boolean, zone: string): string {
  const told = marks.slice(0, toldAtMost).map(({ at, sentence }) => {
    const clock = `${isLong ? `${formatDay(at, zone)}, ` : ''}${formatClock(at, zone)}`
    return `${clock}  ${sentence}`
  })
  const rest = marks.length - toldAtMost
  const only = marks.length === 1 && zone !== 'UTC' ? marks[0] : undefined
  return [...told, ...(only ? [formatInstant(only.at)] : []), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n')
}

const toldAtMost = 4
const dayMs = 86_400_000

const looks = {
  critical: 'text-bad',
  warning: 'text-warn',
  act: 'text-info',
  info: 'text-faint',
} as const satisfies Record<ChartMark['weight'], string>
