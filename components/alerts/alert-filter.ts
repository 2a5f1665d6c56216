import type { Alert, Incident } from '#domain/alerts/alert.ts'
import { severities } from '#domain/alerts/incident-of.ts'
import type { AlertCause, AlertSeverity } from '#domain/alerts/rule.ts'
import { causeNames } from './cause-names.ts'

/** What a page of alerts shows, as its address says; '' = all. */
export interface AlertFilter {
  severity: AlertSeverity | ''
  cause: AlertCause | ''
  /** Set on the page over all clusters only. */
  cluster: string
  text: string
}

/** Reads the filter from an address; what makes no sense counts as absent. `own` = the page's cluster, which has no choice of another. */
export function readAlertFilter(query: { get: (name: string) => string | null }, own: string | null): AlertFilter {
  const severity = query.get('severity')
  const cause = query.get('cause')
  return {
    severity: severities.find((each) => each === severity) ?? '',
    cause: isCause(cause) ? cause : '',
    cluster: own === null ? (query.get('cluster') ?? '') : '',
    text: query.get('q') ?? '',
  }
}

/** True where anything is left out. */
export function isAlertFiltered(filter: AlertFilter): boolean {
  return Object.values(filter).some((value) => value !== '')
}

/** The alerts or incidents that are asked for; every word must be found in what is said of them. */
export function filterAlerts<Each extends Alert | Incident>(all: readonly Each[], filter: AlertFilter): Each[] {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean)
  return all.filter((each) => {
    const said = saidOf(each).toLowerCase()
    return (
      (filter.severity === '' || each.severity === filter.severity) &&
      (filter.cause === '' || each.cause === filter.cause) &&
      (filter.cluster === '' || each.clusterName === filter.cluster) &&
      words.every((word) => said.includes(word))
    )
  })
}

function saidOf(each: Alert | Incident): string {
  const own =
    'ruleId' in each
      ? [each.ruleId, each.title, each.subject, each.summary]
      : [`incident ${each.number}`, each.sentence, each.acknowledgedBy ?? '']
  return [each.clusterName, causeNames[each.cause], ...own].join('\n')
}

function isCause(text: string | null): text is AlertCause {
  return text !== null && Object.hasOwn(causeNames, text)
}
