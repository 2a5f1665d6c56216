import type { ClusterMetric, MemberMetric } from '#domain/samples/metrics.ts'

/** What a name stands for that rules may use. */
export interface FactDefinition {
  type: 'number' | 'string' | 'boolean'
  unit: FactUnit
  title: string
  /** All texts it may be. */
  values?: readonly string[]
  /** Where it is found among what is sampled; absent = it is not, so rules on it cannot be tried over the past. */
  sampled?: { kind: 'cluster'; metric: ClusterMetric } | { kind: 'member' | 'leader'; metric: MemberMetric }
}

export type FactUnit =
  | 'bytes'
  | 'seconds'
  | 'ms'
  | 'ratio'
  | 'count'
  | 'transactions'
  | 'boolean'
  /** A text. */
  | 'name'

export interface NumberDefinition extends FactDefinition {
  type: 'number'
}

export interface YesDefinition extends FactDefinition {
  type: 'boolean'
}

export interface WordDefinition extends FactDefinition {
  type: 'string'
}

export type Definitions = Readonly<Record<string, FactDefinition>>

/** A number. */
export function number(unit: FactUnit, title: string, sampled?: FactDefinition['sampled']): NumberDefinition {
  return { type: 'number', unit, title, ...(sampled && { sampled }) }
}

/** Something that is so or not. */
export function yes(title: string, sampled?: FactDefinition['sampled']): YesDefinition {
  return { type: 'boolean', unit: 'boolean', title, ...(sampled && { sampled }) }
}

/** One of some words; without them any name. */
export function word(title: string, values?: readonly string[]): WordDefinition {
  return { type: 'string', unit: 'name', title, ...(values && { values }) }
}

/** Of a member, as sampled of the same member. */
export function ofMember(metric: MemberMetric): FactDefinition['sampled'] {
  return { kind: 'member', metric }
}

/** Of the cluster, as sampled of whoever led. */
export function ofLeader(metric: MemberMetric): FactDefinition['sampled'] {
  return { kind: 'leader', metric }
}

/** Of the cluster, as sampled of it. */
export function ofCluster(metric: ClusterMetric): FactDefinition['sampled'] {
  return { kind: 'cluster', metric }
}
