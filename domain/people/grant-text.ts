import type { Grant } from './grant.ts'
import { isRole, type Role } from './permission.ts'

/** A grant as people write it: its cluster by name or id. */
export interface WrittenGrant {
  role: Role
  scope: { kind: 'all' } | { kind: 'cluster'; cluster: string } | { kind: 'label'; label: string }
}

/** Reads `operator`, `operator@all`, `operator@cluster:NAME` or `operator@label:TEXT`; null for what is none of them. */
export function readGrant(text: string): WrittenGrant | null {
  const at = text.indexOf('@')
  const role = (at < 0 ? text : text.slice(0, at)).trim()
  const place = at < 0 ? 'all' : text.slice(at + 1).trim()
  if (!isRole(role)) return null
  if (place === 'all') return { role, scope: { kind: 'all' } }
  const [, kind, name] = /^(cluster|label):(.+)$/su.exec(place) ?? []
  if (kind === undefined || name === undefined) return null
  return { role, scope: kind === 'cluster' ? { kind, cluster: name } : { kind: 'label', label: name } }
}

/** A grant as `readGrant` reads it; `nameOf` tells the name of a cluster. */
export function grantText({ role, scope }: Grant, nameOf: (clusterId: string) => string = (id) => id): string {
  switch (scope.kind) {
    case 'all':
      return `${role}@all`
    case 'cluster':
      return `${role}@cluster:${nameOf(scope.clusterId)}`
    case 'label':
      return `${role}@label:${scope.label}`
  }
}
