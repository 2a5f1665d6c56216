import type { Role } from '../permission.ts'

/** Where a group's right holds: for the console as a whole, one cluster, or every cluster that carries a label now. */
export type GroupScope = { kind: 'all' } | { kind: 'cluster'; clusterId: string } | { kind: 'label'; label: string }

/** What a group of the provider gives whoever is in it. */
export interface GroupRight {
  group: string
  role: Role
  scope: GroupScope
}

/** What the groups of a person give them: exactly what is mapped, a group's name letter by letter. */
export function rightsOf<T extends GroupRight>(groups: readonly string[], mappings: readonly T[]): T[] {
  const held = new Set(groups)
  return mappings.filter(({ group }) => held.has(group))
}

/** The groups in a claim: a list of names, or one name; everything else is none. */
export function groupsIn(claim: unknown): string[] {
  const names: unknown[] = Array.isArray(claim) ? claim : [claim]
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== ''))].slice(0, 1_000)
}
