import type { Incident } from '#domain/alerts/alert.ts'
import { capital, count, listNames } from '#domain/words.ts'
import type { AlertGroups } from './group-alerts.ts'

interface Told {
  /** What a colleague would say. */
  sentence: string
  /** What else goes on; null = nothing. */
  rest: string | null
}

/**
 * Sums up what is open, the worst first. `cluster` = the page's own; null = all clusters are meant, of which there may be none:
 * `hasClusters` is false only where that is known.
 */
export function alertsSentence(
  incidents: readonly Incident[],
  groups: AlertGroups,
  cluster: string | null,
  hasClusters = true,
): Told {
  if (cluster === null && !hasClusters) {
    return { sentence: 'No cluster is looked after yet, so no alert can fire.', rest: null }
  }
  return { sentence: leading(incidents, groups, cluster), rest: restOf(incidents, groups) }
}

function leading(incidents: readonly Incident[], groups: AlertGroups, cluster: string | null): string {
  const [worst] = incidents
  if (worst) {
    const where = cluster === null ? `${worst.clusterName}: ` : ''
    return `${where}${worst.sentence}${answered(worst)}`
  }
  const { firing, unknown, pending } = groups
  if (firing.length > 0) return `No incident is open, and ${count(firing.length, 'alert')} ${fire(firing.length)}.`
  if (unknown.length > 0) {
    return `Nothing is known to be wrong, but of ${count(unknown.length, 'alert')} it cannot be seen whether ${unknown.length === 1 ? 'it still holds' : 'they still hold'}.`
  }
  const where = cluster === null ? 'any cluster' : cluster
  const grave = pending.filter(({ severity }) => severity === 'critical').length
  // What holds for seconds is no news yet, but nobody is to read that all is well meanwhile.
  return grave === 0
    ? `No alert fires on ${where}.`
    : `No alert fires on ${where} yet, but ${count(grave, 'critical one')} ${grave === 1 ? 'holds and fires' : 'hold and fire'} soon.`
}

function answered({ acknowledgedBy }: Incident): string {
  return acknowledgedBy === null ? ' Nobody has acknowledged it yet.' : ` ${acknowledgedBy} looks after it.`
}

function restOf(incidents: readonly Incident[], { firing, unknown, pending }: AlertGroups): string | null {
  const more = incidents.length - 1
  const parts = [
    more > 0 ? `${count(more, 'more incident')} ${more === 1 ? 'is' : 'are'} open` : '',
    incidents.length > 0 && firing.length > 0 ? `${count(firing.length, 'alert')} ${fire(firing.length)}` : '',
    pending.length > 0 ? `${count(pending.length, 'alert')} may fire soon` : '',
    unknown.length > 0 && (incidents.length > 0 || firing.length > 0)
      ? `of ${unknown.length} it cannot be seen whether ${unknown.length === 1 ? 'it still holds' : 'they still hold'}`
      : '',
  ].filter(Boolean)
  if (parts.length === 0) return null
  return `${capital(listNames(parts))}.`
}

function fire(alerts: number): string {
  return alerts === 1 ? 'fires' : 'fire'
}
