import type { FactDefinition, FactUnit } from '#domain/alerts/facts/definition.ts'
import { factNames } from '#domain/alerts/facts/names.ts'
import type { FactScope } from '#domain/alerts/rule.ts'
import { gauge, type Family } from './family.ts'

/** How a fact that rules read is told to Prometheus. */
export interface FactFamily extends Family {
  scope: FactScope
  fact: string
  /** What its number is multiplied with to come to Prometheus' base units. */
  scale: number
  /** Of a text: the label that names it, and all that it may be; null of a name, which may be any. */
  words: { label: string; all: readonly string[] | null } | null
}

/**
 * What is not told as it is: the verdict has a metric of its own, and what tells by its growth is a counter here, whose growth is
 * Prometheus' to measure.
 */
const toldOtherwise: ReadonlySet<string> = new Set([
  'cluster level',
  'cluster deadlocks',
  'cluster deadlocksSeen',
  'cluster requestedCheckpoints',
  'cluster requestedCheckpointsSeen',
  'cluster newChecksumFailures',
  'cluster etcdTermChanges',
  'member dataFullSeconds',
])

const subjects = {
  cluster: 'cluster',
  member: 'member',
  pool: 'pool of a pooler',
  slot: 'replication slot of the leader',
  database: 'database of the leader',
  'etcd-member': 'etcd member',
  repository: 'repository',
  console: 'cluster as the console sees it',
} as const satisfies Record<FactScope, string>

const suffixes = {
  bytes: '_bytes',
  seconds: '_seconds',
  ms: '_seconds',
  ratio: '_ratio',
  transactions: '_transactions',
  count: '',
  boolean: '',
  name: '',
} as const satisfies Record<FactUnit, string>

/** Every fact that is told as it is, in the order of the scopes. */
export const factFamilies: readonly FactFamily[] = Object.entries(factNames).flatMap(([scope, names]) =>
  Object.entries<FactDefinition>(names).flatMap(([fact, definition]) => {
    // Object.entries forgets which keys there are.
    const found = madeFamily(scope as FactScope, fact, definition)
    return found === null ? [] : [found]
  }),
)

/** How a fact is told; undefined where it is not, or as something else. */
export function familyOf(scope: FactScope, fact: string): FactFamily | undefined {
  return byName.get(`${scope} ${fact}`)
}

function madeFamily(scope: FactScope, fact: string, definition: FactDefinition): FactFamily | null {
  if (toldOtherwise.has(`${scope} ${fact}`)) return null
  const { type, unit, title, values } = definition
  const name = `${snakeOf(scope)}_${snakeOf(fact.replace(/(Bytes|Seconds|Ms)$/, ''))}${suffixes[unit]}`
  const words = type === 'string' ? { label: snakeOf(fact), all: values ?? null } : null
  return { ...gauge(name, helpOf(scope, title, definition)), scope, fact, scale: unit === 'ms' ? 0.001 : 1, words }
}

function helpOf(scope: FactScope, title: string, { type, unit }: FactDefinition): string {
  const isSo = type === 'boolean' ? ', 1 if so' : ''
  return `Of each ${subjects[scope]}${isSo}: ${title}${unit === 'ratio' ? ' (1 = all)' : ''}.`
}

function snakeOf(name: string): string {
  return name.replaceAll('-', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const byName = new Map(factFamilies.map((family) => [`${family.scope} ${family.fact}`, family]))
