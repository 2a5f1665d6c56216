'use client'

import { useMemo } from 'react'
import { rangeWords } from '#components/range/range-words.ts'
import type { RangeWindow } from '#components/range/range-window.ts'
import { rangeBetween, type TimeRange } from '#components/range/time-range.ts'
import { Age } from '#components/time/age.tsx'
import { useClock } from '#components/time/clock-provider.tsx'
import { useCoarseNow } from '#components/time/coarse-now.ts'
import { formatRange } from '#components/time/moment-format.ts'
import { Moment } from '#components/time/moment.tsx'
import { useZone } from '#components/time/zone.ts'
import { Button } from '#components/ui/button.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { capital } from '#domain/words.ts'
import { isEmptyAnswer, newestIn } from './chart-lines.ts'
import type { MemberChoice } from './chosen-members.ts'
import { historySentence } from './history-sentence.ts'
import type { HistorySection } from './history-sections.ts'
import { staleSince } from './stale-since.ts'
import { useFirstSample } from './use-first-sample.ts'
import { useSeries } from './use-series.ts'
import { wantedSeries } from './wanted-series.ts'

interface HistoryHeadProps {
  cluster: string
  range: TimeRange
  onRange: (range: TimeRange) => void
  window: RangeWindow
  /** What was asked first; it tells of the whole. */
  question: readonly HistorySection[] | null
  members: readonly MemberChoice[]
}

/** What the window tells in a sentence; where nothing was sampled, since when anything was; where nothing new comes, since when. */
export function HistoryHead({ cluster, range, onRange, window, question, members }: HistoryHeadProps) {
  const zone = useZone()
  const now = useCoarseNow()
  const names = useMemo(() => members.map(({ name }) => name), [members])
  const series = useMemo(() => wantedSeries(question ?? [], names), [question, names])
  const { data, isPlaceholderData } = useSeries({ cluster, window, series, isWanted: true })
  const sentence = useMemo(() => (data ? historySentence(data, zone) : null), [data, zone])
  const isEmpty = data !== undefined && !isPlaceholderData && isEmptyAnswer(data)
  const since = data && range.kind === 'last' ? staleSince(newestIn(data), window, now) : null
  if (isEmpty) return <NothingSampled cluster={cluster} range={range} onRange={onRange} />
  return (
    <div className="grid min-h-8 gap-1">
      <p className="max-w-prose text-lg tracking-[-0.01em]">
        {capital(rangeWords(range, zone))}
        {sentence === null ? '.' : `: ${sentence}`}
      </p>
      <p className="hidden text-sm text-muted print:block">
        {formatRange(window.from, window.to, zone)} {zone}
      </p>
      {since === null ? null : (
        <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
          <StateMark tone="unseen">stale</StateMark>
          <span>
            The newest sample is <Age at={since} /> old: the console cannot look, or no worker looks at {cluster}.
          </span>
        </p>
      )}
    </div>
  )
}

function NothingSampled({ cluster, range, onRange }: Pick<HistoryHeadProps, 'cluster' | 'range' | 'onRange'>) {
  const clock = useClock()
  const first = useFirstSample(cluster)
  const zone = useZone()
  if (!first) {
    return (
      <Empty
        title={first === null ? `Nothing has been sampled of ${cluster} yet.` : 'Nothing was sampled in this time.'}
      >
        A sample is taken every ten seconds. With the first of them lag, sessions, throughput, pools and sizes are drawn
        here, and what happened is marked over them.
      </Empty>
    )
  }
  return (
    <Empty
      title={`Nothing was sampled of ${cluster} in this time: ${rangeWords(range, zone)}.`}
      action={
        <Button onClick={() => onRange(rangeBetween(first, clock.read(), clock.read()))}>Show all samples</Button>
      }
    >
      The samples that are kept begin at <Moment at={first} />.
    </Empty>
  )
}
