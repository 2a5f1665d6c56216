import { fingerprint, isFiring, pageOf, type Message, type Told } from './told.ts'
import { withoutSecrets } from './without-secrets.ts'

/** The body of a webhook, as Alertmanager sends it in version 4; what is told at once is of one cluster. */
export function webhookPayload({ told, goesOn = [], consoleUrl }: Message, receiver: string): Record<string, unknown> {
  // A group is resolved only when all its alerts are: whoever closes it by that must not miss what fires on.
  const all = [...told, ...goesOn.slice(0, mostGoingOn)]
  const alerts = all.map((one) => alertOf(one, consoleUrl))
  const groupLabels = common(told.map(({ cluster }) => ({ cluster })))
  return {
    version: '4',
    groupKey: `{}:{cluster="${told[0]?.cluster ?? ''}"}`,
    truncatedAlerts: goesOn.length - (all.length - told.length),
    status: all.some(isFiring) ? 'firing' : 'resolved',
    receiver,
    groupLabels,
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: consoleUrl ?? '',
    alerts,
  }
}

const mostGoingOn = 50

/** As Go writes the time of nothing. */
const never = '0001-01-01T00:00:00Z'

function alertOf(told: Told, consoleUrl: string | null) {
  const { ruleId, cluster, subject, member, severity, cause, incident, peak, runbook, labels } = told
  return {
    status: isFiring(told) ? 'firing' : 'resolved',
    labels: {
      alertname: ruleId,
      cluster,
      subject,
      severity,
      cause,
      ...(member !== null && { member }),
      ...(labels.length > 0 && { cluster_labels: labels.join(',') }),
    },
    annotations: {
      summary: withoutSecrets(told.sentence),
      title: told.title,
      ...(incident !== null && { incident: String(incident) }),
      ...(peak !== null && { peak }),
      ...(runbook !== null && { runbook }),
    },
    startsAt: told.since.toISOString(),
    endsAt: told.resolvedAt?.toISOString() ?? never,
    generatorURL: pageOf(told, consoleUrl) ?? '',
    fingerprint: fingerprint(told.key),
  }
}

/** What all have alike. */
function common(all: readonly Record<string, string>[]): Record<string, string> {
  const [first = {}, ...others] = all
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  )
}
