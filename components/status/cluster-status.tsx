'use client'

import { cx } from 'class-variance-authority'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import type { StatusView } from '#domain/availability/status-view.ts'
import { stateSentences } from '#domain/availability/words.ts'
import { toldOf, type Told } from '#domain/availability/way.ts'
import { formatAge } from '#domain/format.ts'
import { DayBars } from './day-bars.tsx'
import { PeriodFigure } from './period-figure.tsx'
import { StatusFacts } from './status-facts.tsx'

interface ClusterStatusProps {
  view: StatusView
  /** When the console last answered. */
  toldAt: Date
  /** Where the page around does not name it. */
  withName: boolean
}

/** For somebody who only wants to know whether the database works: one sentence, one number, one calendar of days. */
export function ClusterStatus({ view, toldAt, withName }: ClusterStatusProps) {
  const now = useNow()
  const isStale = now.getTime() - toldAt.getTime() > staleMs
  const told = toldOf(view.state, view.way)
  const { sentence, more } = stateSentences[told]
  return (
    <section aria-label={view.name} className="grid gap-7">
      <div>
        {withName ? (
          <h2 className="pb-2 text-lg font-medium break-words text-muted">{view.name}</h2>
        ) : (
          <h2 className="sr-only">How it stands</h2>
        )}
        <p
          className={cx(
            'flex items-start gap-3 text-2xl font-medium tracking-[-0.02em] text-balance phone:text-xl',
            isStale && 'text-muted',
          )}
        >
          <StateIcon tone={isStale ? 'unseen' : tones[told]} className="mt-[5px] size-6! phone:mt-[2px]" />
          <span>{isStale ? `Last known ${formatAge(toldAt, now)} ago: ${lowered(sentence)}` : sentence}</span>
        </p>
        <p className="pt-2 pl-9 text-md text-muted">
          {isStale ? (
            'We do not hear from the console now, so we cannot tell how it is by now. This page goes on trying.'
          ) : (
            <Standing view={view} more={more} />
          )}
        </p>
      </div>
      <div className={cx('grid gap-7', isStale && 'opacity-60 grayscale')}>
        <div className="grid gap-6 sm:grid-cols-2">
          <PeriodFigure title="This month" told={view.month} target={view.target} />
          <PeriodFigure title="This quarter" told={view.quarter} target={view.target} />
        </div>
        <DayBars days={view.days} />
        <StatusFacts view={view} />
      </div>
    </section>
  )
}

/** Three looks of this page, and what the console itself takes. */
const staleMs = 20_000

const tones = {
  serving: 'ok',
  'way-shut': 'warn',
  'way-unseen': 'unseen',
  'not-serving': 'down',
  unseen: 'unseen',
  apart: 'info',
} as const satisfies Record<Told, Tone>

function Standing({ view: { state, since, lookedAt }, more }: { view: StatusView; more: string | null }) {
  return (
    <>
      {since === null ? null : (
        <>
          Since <Moment at={since} shape="full" />
          {', for '}
          <Age at={since} />
          {'. '}
        </>
      )}
      {more}
      {more === null ? null : ' '}
      {lookedAt === null ? 'Nobody has looked yet.' : null}
      {lookedAt !== null && state === 'unseen' ? <Age at={lookedAt} before="Last looked " after=" ago." /> : null}
    </>
  )
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
