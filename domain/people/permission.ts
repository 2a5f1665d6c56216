import { covers, type ClusterScope, type Grant } from './grant.ts'

export type Role = 'viewer' | 'operator' | 'approver' | 'auditor' | 'admin'

export const roles = ['viewer', 'operator', 'approver', 'auditor', 'admin'] as const satisfies readonly Role[]

export type Permission = keyof typeof permissionRoles

/** `everywhere` = the console as a whole; `anywhere` = at one place at least, for what is then filtered. */
export type Where = ClusterScope | 'anywhere' | 'everywhere'

/** True when one of the grants holds the permission there; the same table decides in pages, procedures and the worker. */
export function isAllowed(grants: readonly Grant[], permission: Permission, where: Where): boolean {
  return grants.some(({ role, scope }) => holds(role, permission) && reaches(scope, where))
}

/** True for the name of a role. */
export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}

/** The roles that hold a permission. */
export function holdersOf(permission: Permission): readonly Role[] {
  return permissionRoles[permission]
}

function holds(role: Role, permission: Permission): boolean {
  return holdersOf(permission).includes(role)
}

function reaches(scope: Grant['scope'], where: Where): boolean {
  if (where === 'anywhere') return true
  return where === 'everywhere' ? scope.kind === 'all' : covers(scope, where)
}

const everyone = roles
const operators = ['operator', 'admin'] as const
const approvers = ['approver', 'admin'] as const
const auditors = ['auditor', 'admin'] as const
const admins = ['admin'] as const

const permissionRoles = {
  'clusters.read': everyone,
  'events.read': everyone,
  'operations.read': everyone,
  'alerts.read': everyone,
  'audit.read': auditors,
  'session.own': everyone,
  /** What runs in sessions of Postgres, word by word: it may hold secrets. */
  'sessions.read': operators,
  /** What programs on the nodes wrote to their logs: it names hosts, users and addresses. */
  'logs.read': operators,
  /** Ends statements and sessions of Postgres. */
  'sessions.end': operators,
  /** Holds clients at poolers and proxies, cuts them off, and lets them in again. */
  'traffic.command': operators,
  'switchover.request': operators,
  /** Names the leader where nobody works as one: what the named member lacks is lost. */
  'failover.request': operators,
  /** Deletes the data of a replica and has it copied anew. */
  'replica.reinitialise': operators,
  'backup.request': operators,
  /** Looks at a repository, and sets when backups are made. */
  'repository.maintain': operators,
  /** Makes backups go, or a repository begin. */
  'repository.change': admins,
  'restore.request': operators,
  'rehearsal.request': operators,
  /** Acknowledges incidents, writes notes on them, silences alerts. */
  'incidents.answer': operators,
  /** Changes thresholds, or turns a rule off. */
  'alerts.manage': operators,
  'operations.cancel': operators,
  /** Runs what others approved. */
  'approvals.run': operators,
  /** Approves or rejects what somebody else asked for. */
  'operations.approve': approvers,
  /** Which acts need the approval of others. */
  'policies.manage': admins,
  /** Where notifications go, and who is told of what. */
  'notifications.manage': admins,
  /** How long samples are kept: shortening it deletes them. */
  'history.manage': admins,
  /** Begins, extends and ends planned work. */
  'maintenance.manage': operators,
  /** Makes and revokes links for those who only watch. */
  'shares.manage': admins,
  'clusters.manage': admins,
  'agents.manage': admins,
  /** Who may come in, and with which rights. */
  'people.read': auditors,
  'users.manage': admins,
  'tokens.manage': admins,
} as const satisfies Record<string, readonly Role[]>

/** Every permission there is. */
export const permissions = Object.keys(permissionRoles).filter((name): name is Permission => name in permissionRoles)
