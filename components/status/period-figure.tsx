import { StateMark } from '#components/ui/state-mark.tsx'
import type { PeriodTold } from '#domain/availability/status-view.ts'
import { againstTarget } from '#domain/availability/target.ts'
import { againstWords, availabilityWords, percentOf } from '#domain/availability/words.ts'

/** One number of a month or quarter, what it is made of, and how it stands against the target. */
export function PeriodFigure({ title, told, target }: { title: string; told: PeriodTold; target: number }) {
  const { period, measured } = told
  const against = againstTarget(measured, target, period.to.getTime() - period.from.getTime())
  return (
    <div>
      <h3 className="text-md text-muted">{title}</h3>
      <p className="pt-1 text-[40px] leading-none font-semibold tracking-[-0.03em] tabular-nums">
        {measured.share === null ? '–' : percentOf(measured.share)}
      </p>
      <p className="pt-2.5">{availabilityWords(measured)}</p>
      <p className="pt-1">
        <StateMark tone={marks[against.kind]}>{againstWords(against, target)}</StateMark>
      </p>
    </div>
  )
}

const marks = { met: 'ok', missed: 'bad', unknown: 'unseen' } as const
