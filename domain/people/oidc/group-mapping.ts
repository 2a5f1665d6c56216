import type { Grant } from '#domain/people/grant.ts'

/** What a group of the provider gives whoever is in it. */
export interface GroupRight extends Grant {
  group: string
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
