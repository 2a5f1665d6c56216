'use client'

import { cx } from 'class-variance-authority'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Incident } from '#domain/alerts/alert.ts'
import { severityLooks } from './severity-looks.ts'

interface IncidentLineProps {
  incident: Incident
  withCluster: boolean
  /** Absent for who only reads, and for an incident that is over. */
  acts?: { onAcknowledge: () => void; onSilence: () => void; isBusy: boolean } | undefined
}

/** One incident: how bad, what is wrong, since when, where, and who looks after it. */
export function IncidentLine({ incident, withCluster, acts }: IncidentLineProps) {
  const { number, severity, sentence, openedAt, closedAt, clusterName, acknowledgedBy } = incident
  const { tone, word } = severityLooks[severity]
  const isOver = closedAt !== null
  return (
    <li
      data-row={`incident ${number}`}
      tabIndex={-1}
      className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-t border-line py-2 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-info phone:grid-cols-[minmax(0,1fr)]"
    >
      <StateMark tone={isOver ? 'quiet' : tone} className="whitespace-nowrap">
        {word}
      </StateMark>
      <div className="min-w-0">
        <p className={cx('break-words', isOver && 'text-muted')}>
          <TextLink href={paths.incident(number)} className={cx('inline-block leading-6', !isOver && 'font-medium')}>
            {sentence}
          </TextLink>
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm leading-6 text-muted">
          <span>Incident {number}</span>
          {withCluster ? (
            <TextLink href={paths.clusterAlerts(clusterName)} className="no-underline hover:underline">
              {clusterName}
            </TextLink>
          ) : null}
          {isOver ? <Age at={closedAt} before="over for " /> : <Age at={openedAt} before="for " />}
          <span>{answered(incident)}</span>
        </p>
      </div>
      {acts ? (
        <div className="flex gap-2 print-hidden">
          {acknowledgedBy === null ? (
            <Button
              size="small"
              data-act="acknowledge"
              aria-label={`Acknowledge incident ${number}`}
              isBusy={acts.isBusy}
              onClick={acts.onAcknowledge}
            >
              Acknowledge
            </Button>
          ) : null}
          <Button
            size="small"
            tone="quiet"
            data-act="silence"
            aria-label={`Silence incident ${number}`}
            onClick={acts.onSilence}
          >
            Silence
          </Button>
        </div>
      ) : null}
    </li>
  )
}

function answered({ acknowledgedBy, mergedInto }: Incident): string {
  if (mergedInto !== null) return `part of incident ${mergedInto}`
  return acknowledgedBy === null ? 'not acknowledged' : `acknowledged by ${acknowledgedBy}`
}
