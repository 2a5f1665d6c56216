export type Role = 'viewer' | 'operator' | 'admin'

export const roles = ['viewer', 'operator', 'admin'] as const satisfies readonly Role[]

export type Permission = keyof typeof permissionRoles

/** True when the role holds the permission; the same table decides in pages, procedures and the worker. */
export function isAllowed(role: Role, permission: Permission): boolean {
  const holders: readonly Role[] = permissionRoles[permission]
  return holders.includes(role)
}

const everyone = ['viewer', 'operator', 'admin'] as const
const operators = ['operator', 'admin'] as const
const admins = ['admin'] as const

const permissionRoles = {
  'clusters.read': everyone,
  'events.read': everyone,
  'operations.read': everyone,
  'alerts.read': everyone,
  'audit.read': everyone,
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
  'users.manage': admins,
  'tokens.manage': admins,
} as const satisfies Record<string, readonly Role[]>
