import type { Alert } from '#domain/alerts/alert.ts'
import { count } from '#domain/words.ts'

/** One thing that can be silenced, with the silences that do so. */
export interface SilenceAim {
  value: string
  label: string
  /** What is not told then. */
  sentence: string
  silences: { cluster: string; rule?: string; subject?: string }[]
}

/** What may be silenced because of one alert, the narrowest first. */
export function aimsOfAlert({ clusterName, ruleId, title, subject }: Alert): SilenceAim[] {
  const isOfCluster = subject === clusterName
  return [
    ...(isOfCluster
      ? []
      : [aim('subject', `${title}, on ${subject} only`, [{ cluster: clusterName, rule: ruleId, subject }])]),
    aim('rule', isOfCluster ? title : `${title}, on whatever of ${clusterName}`, [
      { cluster: clusterName, rule: ruleId },
    ]),
    everything(clusterName),
  ]
}

/** What may be silenced because of an incident, the narrowest first. */
export function aimsOfIncident(clusterName: string, alerts: readonly Alert[]): SilenceAim[] {
  const titleOf = new Map(alerts.map(({ ruleId, title }) => [ruleId, title]))
  const rules = [...titleOf.keys()]
  const titles = [...titleOf.values()]
  const label = rules.length <= 2 ? titles.join(' and ') : `The ${count(rules.length, 'rule')} that it is made of`
  const own = aim(
    'rules',
    label,
    rules.map((rule) => ({ cluster: clusterName, rule })),
  )
  return rules.length === 0 ? [everything(clusterName)] : [own, everything(clusterName)]
}

function everything(clusterName: string): SilenceAim {
  return aim('cluster', `Everything of ${clusterName}`, [{ cluster: clusterName }])
}

function aim(value: string, label: string, silences: SilenceAim['silences']): SilenceAim {
  return {
    value,
    label,
    silences,
    sentence: 'Nobody is told of it until then. It is found, kept and shown all the same.',
  }
}
