import type { Grant, Scope } from './grant.ts'
import type { Role } from './permission.ts'

/**
 * What two lists of grants both allow, as grants: the rights of a token within those of its maker. Never more than
 * either; a label on one side and a cluster on the other leave nothing, as which clusters carry it changes.
 */
export function meetGrants(some: readonly Grant[], others: readonly Grant[]): Grant[] {
  const found = new Map<string, Grant>()
  for (const a of some) {
    for (const b of others) {
      const scope = meetScopes(a.scope, b.scope)
      if (scope === null) continue
      const grant = { role: meetRoles(a.role, b.role), scope }
      found.set(JSON.stringify(grant), grant)
    }
  }
  return [...found.values()]
}

function meetRoles(a: Role, b: Role): Role {
  if (a === b || b === 'admin') return a
  return a === 'admin' ? b : 'viewer'
}

function meetScopes(a: Scope, b: Scope): Scope | null {
  if (a.kind === 'all') return b
  if (b.kind === 'all') return a
  if (a.kind === 'cluster' && b.kind === 'cluster') return a.clusterId === b.clusterId ? a : null
  if (a.kind === 'label' && b.kind === 'label') return a.label === b.label ? a : null
  return null
}
