import type { FactRow, FactScope } from '#domain/alerts/rule.ts'
import { factFamilies, type FactFamily } from './fact-family.ts'
import { gauge, sample, wordSamples, type FamilySample } from './family.ts'
import { identityLabels } from './identity.ts'

/** Subjects of one kind in one cluster that are told of; a pooler may have thousands of pools, and a cluster of databases. */
const mostSubjects = 300

export const leftOut = gauge(
  'subjects_left_out',
  'Pools, databases and the like beyond the 300 of a kind that are told of.',
)

/** The facts of one cluster as samples; what is not known has none. */
export function factSamples(cluster: string, rows: readonly FactRow[]): FamilySample[] {
  const scopes = [...new Set(rows.map(({ scope }) => scope))]
  return scopes.flatMap((scope) => {
    const all = rows.filter((row) => row.scope === scope)
    const told = all.length > mostSubjects ? all.toSorted(byUrgency).slice(0, mostSubjects) : all
    return [
      ...told.flatMap((row) => rowSamples(cluster, row)),
      ...sample(leftOut, { cluster, kind: scope }, all.length > told.length ? all.length - told.length : null),
    ]
  })
}

function rowSamples(cluster: string, row: FactRow): FamilySample[] {
  const labels = labelsOf(cluster, row)
  return families[row.scope].flatMap((family) => {
    const fact = row.facts[family.fact]
    if (fact === null || fact === undefined) return []
    if (typeof fact !== 'string') return sample(family, labels, Number(fact) * family.scale)
    if (family.words === null) return []
    const { label, all } = family.words
    return all === null
      ? sample(family, { ...labels, [label]: fact }, 1)
      : wordSamples(family, labels, { label, words: all, is: fact })
  })
}

function labelsOf(cluster: string, { scope, subject, member, names }: FactRow): Record<string, string> {
  const known: Record<string, string> = { cluster, ...(member !== null && { member }), ...names }
  return Object.fromEntries(identityLabels[scope].map((label) => [label, known[label] ?? subject]))
}

/** Those that somebody waits for come first, then the fullest, the oldest and those that hold most. */
function byUrgency(a: FactRow, b: FactRow): number {
  for (const fact of ['clientsWaiting', 'busy', 'xidAge', 'retainedBytes']) {
    const more = Number(b.facts[fact] ?? 0) - Number(a.facts[fact] ?? 0)
    if (more !== 0) return more
  }
  return a.subject < b.subject ? -1 : 1
}

const ofScope = (wanted: FactScope): FactFamily[] => factFamilies.filter(({ scope }) => scope === wanted)

const families = {
  cluster: ofScope('cluster'),
  member: ofScope('member'),
  pool: ofScope('pool'),
  slot: ofScope('slot'),
  database: ofScope('database'),
  'etcd-member': ofScope('etcd-member'),
  repository: ofScope('repository'),
  console: ofScope('console'),
} as const satisfies Record<FactScope, FactFamily[]>
