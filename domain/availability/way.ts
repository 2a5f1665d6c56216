import type { Finding } from '#domain/judgement/finding.ts'
import type { WriteState } from './write-state.ts'

/** Whether applications get through to a database: `unseen` where what leads them to it does not tell. */
export type Way = 'open' | 'shut' | 'unseen'

/** What watchers are told: one that works is another thing when nobody gets through to it. */
export type Told = WriteState | 'way-shut' | 'way-unseen'

/** How the way to a database stands by what is found of its proxies; open where none is known of. */
export function wayOf(findings: readonly Pick<Finding, 'kind'>[]): Way {
  if (findings.some(({ kind }) => shut.has(kind))) return 'shut'
  return findings.some(({ kind }) => kind === 'haproxy-unseen') ? 'unseen' : 'open'
}

/** What to tell of a database and the way to it; of one that does not work, the way is not what matters. */
export function toldOf(state: WriteState, way: Way): Told {
  return state !== 'serving' || way === 'open' ? state : `way-${way}`
}

const shut: ReadonlySet<Finding['kind']> = new Set(['haproxy-no-primary', 'haproxy-disagrees'])
