import { severityLooks } from '#components/alerts/severity-looks.ts'
import { paths } from '#components/paths.ts'
import { Age } from '#components/time/age.tsx'
import { Moment } from '#components/time/moment.tsx'
import { Card } from '#components/ui/card.tsx'
import { StateIcon, type Tone } from '#components/ui/state-mark.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { Alert } from '#domain/alerts/alert.ts'

/** The alerts that an incident is made of, those that fire first. */
export function IncidentAlertsCard({ alerts }: { alerts: readonly Alert[] }) {
  const shown = alerts.toSorted((a, b) => Number(a.state === 'resolved') - Number(b.state === 'resolved'))
  return (
    <Card title="Made of">
      <ul className="grid gap-3">
        {shown.map((alert) => {
          const { id, title, subject, summary, severity, resolvedAt, clusterName, ruleId } = alert
          const { word } = severityLooks[severity]
          return (
            <li key={id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2.5">
              <StateIcon tone={toneOf(alert)} className="mt-[3px]" />
              <div className="min-w-0 break-words">
                <p className={resolvedAt ? 'text-muted' : ''}>
                  <span className="sr-only">{word}: </span>
                  <TextLink href={paths.clusterRules(clusterName, ruleId)} className="no-underline hover:underline">
                    {title}
                  </TextLink>
                  {subject === clusterName ? '' : ` on ${subject}`}
                </p>
                <p className="text-sm text-muted">{summary}</p>
                <p className="text-sm text-muted">{standsNow(alert)}</p>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function standsNow({ state, since, firedAt, unknownSince, quietSince, resolvedAt }: Alert) {
  if (resolvedAt) {
    return (
      <>
        resolved <Moment at={resolvedAt} />
      </>
    )
  }
  if (unknownSince) return <Age at={unknownSince} before="cannot be seen for " />
  if (quietSince) return <Age at={quietSince} before="has not held for " after=", ends soon" />
  return state === 'pending' ? (
    <Age at={since} before="holds for " />
  ) : (
    <Age at={firedAt ?? since} before="fires for " />
  )
}

function toneOf({ severity, unknownSince, quietSince, resolvedAt }: Alert): Tone {
  if (resolvedAt !== null) return 'ok'
  if (quietSince !== null) return 'quiet'
  return unknownSince === null ? severityLooks[severity].tone : 'unseen'
}
