import { verdictOrder, type VerdictLevel } from '#domain/verdict.ts'
import type { FleetRow } from '#domain/view.ts'
import { count } from '#domain/words.ts'

/** The whole fleet in one sentence: "1 of 12 clusters is down, 2 are at risk." */
export function fleetSentence(rows: readonly FleetRow[]): string {
  const tally = tallyOf(rows)
  const ailing = verdictOrder.filter((level) => level !== 'healthy' && tally[level] > 0)
  if (ailing.length === 0)
    return rows.length === 1 ? 'The one cluster is healthy.' : `All ${rows.length} clusters are healthy.`
  const [first, ...rest] = ailing
  if (first === undefined) return ''
  if (rows.length === 1) return `The one cluster is ${words[first]}.`
  const parts = rest.map((level) => `${tally[level]} ${tally[level] === 1 ? 'is' : 'are'} ${words[level]}`)
  const start = `${tally[first]} of ${count(rows.length, 'cluster')} ${tally[first] === 1 ? 'is' : 'are'} ${words[first]}`
  return `${[start, ...parts].join(', ')}.`
}

/** How many rows stand at each level. */
export function tallyOf(rows: readonly FleetRow[]): Record<VerdictLevel, number> {
  const tally = { healthy: 0, degraded: 0, 'at-risk': 0, down: 0, unseen: 0 }
  for (const row of rows) tally[row.level] += 1
  return tally
}

const words = {
  healthy: 'healthy',
  degraded: 'degraded',
  'at-risk': 'at risk',
  down: 'down',
  unseen: 'unseen',
} as const satisfies Record<VerdictLevel, string>
