import { cx } from 'class-variance-authority'
import { markShapes } from '#components/charts/mark-shapes.ts'
import { capital } from '#domain/words.ts'
import { markSorts, type MarkSort } from './history-marks.ts'
import { toggledMarks } from './shown-marks.ts'

interface MarkChipsProps {
  shown: readonly MarkSort[]
  /** What the address then says; '' = all. */
  onChoose: (marks: string) => void
}

/** What is marked over the charts; each may be left away. */
export function MarkChips({ shown, onChoose }: MarkChipsProps) {
  return (
    <div role="group" aria-label="Marks shown" className="flex flex-wrap gap-1.5 print-hidden">
      {markSorts.map((sort) => {
        const isShown = shown.includes(sort)
        return (
          <button
            key={sort}
            type="button"
            aria-pressed={isShown}
            onClick={() => onChoose(toggledMarks(shown, sort))}
            className={cx(
              'flex h-7 items-center gap-1.5 rounded-md border px-2 text-sm phone:h-11 phone:px-3',
              isShown ? 'border-line-strong bg-raised' : 'border-line text-faint hover:text-text',
            )}
          >
            <svg viewBox="0 0 8 8" aria-hidden="true" className={cx('size-2', isShown ? looks[sort] : 'opacity-40')}>
              <path d={shapes[sort]} fill="currentColor" />
            </svg>
            {capital(sort)}
          </button>
        )
      })}
    </div>
  )
}

// As most of them look over the charts, where weight tells the shape.
const shapes = {
  events: markShapes.info,
  operations: markShapes.act,
  alerts: markShapes.critical,
} as const satisfies Record<MarkSort, string>

const looks = {
  events: 'text-faint',
  operations: 'text-info',
  alerts: 'text-bad',
} as const satisfies Record<MarkSort, string>
