import { Moment } from '#components/time/moment.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { ChartMark } from '#components/charts/place-marks.ts'
import { count } from '#domain/words.ts'

interface MarksListProps {
  marks: readonly ChartMark[]
  /** There was more than is marked. */
  hasMore: boolean
}

/** What is marked over the charts, to be read and gone to by keys. */
export function MarksList({ marks, hasMore }: MarksListProps) {
  if (marks.length === 0) return <p className="text-sm text-muted">Nothing is marked: no event, operation or alert.</p>
  return (
    <details className="text-sm">
      <summary className="w-fit rounded-sm text-muted hover:text-text phone:py-2.5">
        {count(marks.length, 'mark')} over the charts
        {hasMore ? ', of the newest alone' : ''}
      </summary>
      <ol className="grid max-h-72 gap-1 overflow-y-auto pt-2" aria-label="Marks, newest first">
        {marks.toReversed().map(({ key, at, sentence, href }) => (
          <li key={key} className="flex gap-3">
            <Moment at={at} className="w-20 shrink-0 text-muted" />
            <TextLink href={href} className="min-w-0 no-underline hover:underline">
              {sentence}
            </TextLink>
          </li>
        ))}
      </ol>
    </details>
  )
}
