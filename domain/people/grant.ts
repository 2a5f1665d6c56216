import type { Role } from './permission.ts'

/** Where a grant holds: for the console as a whole, one cluster, or every cluster that carries a label now. */
export type Scope = { kind: 'all' } | { kind: 'cluster'; clusterId: string } | { kind: 'label'; label: string }

/** What somebody may do, and where. Several add up. */
export interface Grant {
  role: Role
  scope: Scope
}

/** What of a cluster decides whose grants hold for it. */
export interface ClusterScope {
  id: string
  labels: readonly string[]
}

/** The role for everything. */
export function everywhere(role: Role): Grant {
  return { role, scope: { kind: 'all' } }
}

/** True where the scope takes in the cluster. */
export function covers(scope: Scope, cluster: ClusterScope): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'cluster':
      return scope.clusterId === cluster.id
    case 'label':
      return cluster.labels.includes(scope.label)
  }
}

/** True for the very same right at the very same place. */
export function isSameGrant(a: Grant, b: Grant): boolean {
  return a.role === b.role && grantKey(a) === grantKey(b)
}

/** The roles that grants name, each once. */
export function rolesIn(grants: readonly Grant[]): Role[] {
  return [...new Set(grants.map(({ role }) => role))]
}

/** Roles as a sentence names them: `viewer`, `viewer and operator`; `nobody in particular` without any. */
export function namedRoles(grants: readonly Grant[]): string {
  const named = rolesIn(grants)
  if (named.length === 0) return 'nobody in particular'
  return [named.slice(0, -1).join(', '), named.at(-1)].filter((part) => part !== '').join(' and ')
}

function grantKey({ scope }: Grant): string {
  return JSON.stringify(
    scope.kind === 'all' ? [] : [scope.kind, scope.kind === 'cluster' ? scope.clusterId : scope.label],
  )
}
