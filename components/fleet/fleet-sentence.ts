import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import { listNames } from '#domain/words.ts'
import type { AgedRow } from '#domain/fleet/aged-row.ts'

/** What a colleague would say of the whole fleet: first what needs somebody, then how the rest is. */
export interface FleetSentence {
  /** The worst level there is. */
  level: VerdictLevel
  sentence: string
  /** How the others are; null where the sentence says it all. */
  rest: string | null
}

/** Sums up rows in their order, worst first; null where there are none. */
export function fleetSentence(ordered: readonly AgedRow[]): FleetSentence | null {
  const [worst] = ordered
  if (!worst) return null
  const { level } = worst
  const all = ordered.length
  const of = (wanted: VerdictLevel) => ordered.filter((row) => row.level === wanted)
  const urgent = [...of('down'), ...of('at-risk')]
  if (urgent.length > 0) return { level, sentence: urgentSentence(urgent, all), rest: restOf(ordered, urgent.length) }
  const unseen = of('unseen')
  if (unseen.length > 0) return { level, sentence: unseenSentence(unseen, all), rest: restOf(ordered, unseen.length) }
  const degraded = of('degraded')
  if (degraded.length > 0) {
    const sentence = `Nothing is urgent: ${listed(degraded, all, 'is', 'are')} degraded.`
    return { level, sentence, rest: restOf(ordered, degraded.length) }
  }
  return {
    level,
    sentence: all === 1 ? `${worst.name} is healthy.` : `All ${amount(all)} clusters are healthy.`,
    rest: null,
  }
}

function urgentSentence(urgent: readonly AgedRow[], all: number): string {
  const few = urgent.slice(0, namedAtMost)
  const who =
    all === 1 ? '' : `${amount(urgent.length)} of ${amount(all)} clusters ${urgent.length === 1 ? 'needs' : 'need'} you`
  if (urgent.length <= namedAtMost) {
    const told = listNames(few.map(complaintOf))
    return who === '' ? `${told}.` : `${who}: ${told}.`
  }
  const down = urgent.filter((row) => row.level === 'down').length
  const atRisk = urgent.length - down
  const parts = [
    down > 0 ? `${amount(down)} ${are(down)} down` : '',
    atRisk > 0 ? `${amount(atRisk)} ${are(atRisk)} at risk` : '',
  ]
  return `${who}: ${parts.filter(Boolean).join(', ')}.`
}

const namedAtMost = 3

function complaintOf({ name, level, leader }: AgedRow): string {
  if (level === 'down') return leader === null ? `${name} has no leader` : `${name} is down`
  return `${name} is at risk`
}

function unseenSentence(unseen: readonly AgedRow[], all: number): string {
  if (unseen.length === all) {
    return all === 1 ? `${unseen[0]?.name} is not seen.` : `None of the ${amount(all)} clusters is seen.`
  }
  return `Nothing is known to be urgent, but ${listed(unseen, all, 'is', 'are')} not seen.`
}

function listed(rows: readonly AgedRow[], all: number, one: string, many: string): string {
  const [only] = rows
  if (only && rows.length === 1) return `${only.name} ${one}`
  if (rows.length <= namedAtMost) return `${listNames(rows.map((row) => row.name))} ${many}`
  return `${amount(rows.length)} of ${amount(all)} clusters ${many}`
}

/** How the rows after the first `told` are. */
function restOf(ordered: readonly AgedRow[], told: number): string | null {
  const rest = ordered.slice(told)
  if (rest.length === 0) return null
  const parts = levelWords.flatMap(({ level, word }) => {
    const found = rest.filter((row) => row.level === level).length
    return found === 0 ? [] : [`${amount(found)} ${are(found)} ${word}`]
  })
  const [only] = parts
  if (only && parts.length === 1) {
    return rest.length === 1 ? `The other ${only.replace(/^1 /u, '')}.` : `The other ${only}.`
  }
  return `Of the other ${amount(rest.length)} clusters, ${listNames(parts)}.`
}

const levelWords = [
  { level: 'unseen', word: 'not seen' },
  { level: 'degraded', word: 'degraded' },
  { level: 'healthy', word: 'healthy' },
] as const

function are(number: number): string {
  return number === 1 ? 'is' : 'are'
}

function amount(number: number): string {
  return number.toLocaleString('en-US')
}
