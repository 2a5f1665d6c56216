'use client'

import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Button } from '#components/ui/button.tsx'
import { StateMark, type Tone } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Alert, Silence } from '#domain/alerts/alert.ts'
import { sentenceOf } from '#domain/alerts/incident-of.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { severityLooks } from './severity-looks.ts'

/** Maintenance of a cluster: nobody is told of its alerts until then. */
export type Muted = RouterOutputs['alerts']['list']['muted'][number]

interface AlertLineProps {
  alert: Alert
  withCluster: boolean
  /** The silence that holds it back; null = none does. */
  silence: Silence | null
  /** Maintenance of its cluster, until which nobody is told; null = none. */
  muted?: Muted | null
  /** Number of its incident; null = it has none, or none that is at hand. */
  incident: number | null
  /** Absent for who only reads. */
  onSilence?: (() => void) | undefined
}

/** One alert: how bad, what is found of whom, since when and what holds it back. */
export function AlertLine({ alert, withCluster, silence, muted = null, incident, onSilence }: AlertLineProps) {
  const { tone, word } = severityLooks[alert.severity]
  const isFiring = alert.state === 'firing' && alert.unknownSince === null && alert.quietSince === null
  return (
    <li
      data-row={`alert ${alert.id}`}
      tabIndex={-1}
      className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 border-t border-line py-2 outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-info phone:grid-cols-[minmax(0,1fr)]"
    >
      <StateMark tone={isFiring ? tone : otherTone(alert)} className="whitespace-nowrap">
        {word}
      </StateMark>
      <div className="min-w-0">
        <p className={cx('break-words', !isFiring && 'text-muted')}>{sentenceOf(alert)}</p>
        <p className="flex flex-wrap gap-x-3 text-sm leading-6 text-muted">
          {withCluster ? (
            <TextLink href={paths.clusterAlerts(alert.clusterName)} className="no-underline hover:underline">
              {alert.clusterName}
            </TextLink>
          ) : null}
          <span>{stands(alert)}</span>
          {incident === null ? null : <TextLink href={paths.incident(incident)}>incident {incident}</TextLink>}
          <TextLink href={paths.clusterRules(alert.clusterName, alert.ruleId)} className="no-underline hover:underline">
            rule
          </TextLink>
          {alert.explainedBy === null ? null : (
            <TextLink href={paths.operation(alert.explainedBy)}>explained by an operation</TextLink>
          )}
          {alert.isFlapping ? <span>comes and goes</span> : null}
          {muted ? (
            <span data-tip={muted.reason}>
              muted by maintenance of {muted.owner} until <Moment at={muted.until} />
            </span>
          ) : null}
          {silence ? (
            <span data-tip={silence.reason}>
              silenced by {silence.createdBy} until <Moment at={silence.endsAt} />
            </span>
          ) : null}
        </p>
      </div>
      {onSilence ? (
        <Button
          size="small"
          tone="quiet"
          data-act="silence"
          aria-label={`Silence: ${sentenceOf(alert)}`}
          onClick={onSilence}
          className="print-hidden phone:justify-self-start"
        >
          Silence
        </Button>
      ) : null}
    </li>
  )
}

function stands({ state, since, firedAt, unknownSince, quietSince, resolvedAt, heldAt }: Alert): ReactNode {
  if (unknownSince) return <Age at={unknownSince} before="cannot be seen for " />
  if (state === 'pending') return <Age at={since} before="holds for " after=", not yet long enough to fire" />
  if (state === 'firing' && quietSince) return <Age at={quietSince} before="has not held for " after=", ends soon" />
  if (state === 'firing') return <Age at={firedAt ?? since} before="fires for " />
  return <Age at={resolvedAt ?? heldAt} before="over for " />
}

function otherTone({ unknownSince }: Alert): Tone {
  return unknownSince === null ? 'quiet' : 'unseen'
}
