import { StateMark } from '#components/ui/state-mark.tsx'
import type { Availability } from '#domain/availability/measure.ts'
import type { PeriodTold } from '#domain/availability/status-view.ts'
import { againstTarget, isBelowSoFar } from '#domain/availability/target.ts'
import { againstWords, availabilityWords, percentOf } from '#domain/availability/words.ts'
import { formatDuration } from '#domain/format.ts'

/** One number of a month or quarter, what it is made of, and how it stands against the target. */
export function PeriodFigure({ title, told, target }: { title: string; told: PeriodTold; target: number }) {
  const { period, measured } = told
  const against = againstTarget(measured, target, period.to.getTime() - period.from.getTime())
  const isBelow = isBelowSoFar(against, target, measured.share)
  return (
    <div>
      <h3 className="text-md text-muted">{title}</h3>
      <p className="pt-1 text-[40px] leading-none font-semibold tracking-[-0.03em] tabular-nums">
        {measured.share === null ? '–' : percentOf(measured.share)}
      </p>
      <p className="pt-2.5">{belowNumber(measured)}</p>
      {measured.unmeasuredMs > 0 && measured.unmeasuredMs < measured.wholeMs ? (
        <p className="text-muted">
          Measured for {formatDuration(measured.wholeMs - measured.unmeasuredMs)} of it: before that nobody looked.
        </p>
      ) : null}
      <p className="pt-1">
        <StateMark tone={isBelow ? 'info' : marks[against.kind]}>
          {againstWords(against, target, measured.share)}
        </StateMark>
      </p>
    </div>
  )
}

/** The number stands above: it is not said twice. */
function belowNumber(measured: Availability): string {
  const words = availabilityWords(measured)
  const number = `${percentOf(measured.share)} `
  return words.startsWith(number) ? words.slice(number.length) : words
}

const marks = { met: 'ok', missed: 'bad', unknown: 'unseen' } as const
