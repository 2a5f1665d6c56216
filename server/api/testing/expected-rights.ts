import type { Role } from '#domain/permission.ts'

/** Who holds what, written by hand: not read from the table that decides. */
export const expectedHolders: Record<string, readonly Role[]> = {
  'clusters.read': ['viewer', 'operator', 'approver', 'auditor', 'admin'],
  'events.read': ['viewer', 'operator', 'approver', 'auditor', 'admin'],
  'operations.read': ['viewer', 'operator', 'approver', 'auditor', 'admin'],
  'alerts.read': ['viewer', 'operator', 'approver', 'auditor', 'admin'],
  'session.own': ['viewer', 'operator', 'approver', 'auditor', 'admin'],
  'audit.read': ['auditor', 'admin'],
  'people.read': ['auditor', 'admin'],
  'sessions.read': ['operator', 'admin'],
  'logs.read': ['operator', 'admin'],
  'sessions.end': ['operator', 'admin'],
  'traffic.command': ['operator', 'admin'],
  'switchover.request': ['operator', 'admin'],
  'backup.request': ['operator', 'admin'],
  'repository.maintain': ['operator', 'admin'],
  'restore.request': ['operator', 'admin'],
  'rehearsal.request': ['operator', 'admin'],
  'incidents.answer': ['operator', 'admin'],
  'alerts.manage': ['operator', 'admin'],
  'operations.cancel': ['operator', 'admin'],
  'repository.change': ['admin'],
  'notifications.manage': ['admin'],
  'history.manage': ['admin'],
  'clusters.manage': ['admin'],
  'agents.manage': ['admin'],
  'users.manage': ['admin'],
  'tokens.manage': ['admin'],
}

/** What a procedure is of: one's own, all that may be read, the console as a whole, or a cluster by what the input names. */
export type ExpectedPlace =
  | 'self'
  | 'anywhere'
  | 'everywhere'
  | 'cluster'
  | 'name'
  | 'operation'
  | 'incident'
  | 'silence'
  | 'record'

interface Expected {
  permission: string
  place: ExpectedPlace
  /** The field that names it, where it is called otherwise than usual. */
  field?: string
}

const of = (permission: string, place: ExpectedPlace, field?: string): Expected => ({
  permission,
  place,
  ...(field !== undefined && { field }),
})

/** Every procedure there is, with the right it needs and where. */
export const expectedRights: Record<string, Expected> = {
  'agents.list': of('clusters.read', 'cluster'),
  'agents.invite': of('agents.manage', 'cluster'),
  'agents.cancelInvitation': of('agents.manage', 'cluster'),
  'agents.remove': of('agents.manage', 'cluster'),
  'alerts.list': of('alerts.read', 'anywhere'),
  'alerts.rules': of('alerts.read', 'cluster'),
  'alerts.tryRule': of('alerts.read', 'cluster'),
  'alerts.setRule': of('alerts.manage', 'cluster'),
  'audit.list': of('audit.read', 'anywhere'),
  'audit.get': of('audit.read', 'record'),
  'audit.exported': of('audit.read', 'everywhere'),
  'audit.verify': of('audit.read', 'everywhere'),
  'backends.preview': of('clusters.read', 'cluster'),
  'backends.signal': of('sessions.end', 'cluster'),
  'backups.list': of('clusters.read', 'cluster'),
  'backups.preview': of('clusters.read', 'cluster'),
  'backups.request': of('backup.request', 'cluster'),
  'clusters.list': of('clusters.read', 'anywhere'),
  'clusters.get': of('clusters.read', 'name'),
  'clusters.discover': of('clusters.manage', 'everywhere'),
  'clusters.add': of('clusters.manage', 'everywhere'),
  'clusters.update': of('clusters.manage', 'name'),
  'clusters.remove': of('clusters.manage', 'name'),
  'events.list': of('events.read', 'anywhere'),
  'haproxy.preview': of('clusters.read', 'cluster'),
  'haproxy.command': of('traffic.command', 'cluster'),
  'history.series': of('clusters.read', 'cluster'),
  'history.kept': of('clusters.read', 'anywhere'),
  'history.keepFor': of('history.manage', 'everywhere'),
  'incidents.list': of('alerts.read', 'anywhere'),
  'incidents.get': of('alerts.read', 'incident'),
  'incidents.markdown': of('alerts.read', 'incident'),
  'incidents.acknowledge': of('incidents.answer', 'incident'),
  'incidents.note': of('incidents.answer', 'incident'),
  'live.feed': of('clusters.read', 'anywhere'),
  'notifications.channels': of('alerts.read', 'everywhere'),
  'notifications.routes': of('alerts.read', 'everywhere'),
  'notifications.log': of('alerts.read', 'everywhere'),
  'notifications.addChannel': of('notifications.manage', 'everywhere'),
  'notifications.changeChannel': of('notifications.manage', 'everywhere'),
  'notifications.removeChannel': of('notifications.manage', 'everywhere'),
  'notifications.testChannel': of('notifications.manage', 'everywhere'),
  'notifications.setRoutes': of('notifications.manage', 'everywhere'),
  'notifications.retry': of('notifications.manage', 'everywhere'),
  'notifications.dismiss': of('notifications.manage', 'everywhere'),
  'operations.list': of('operations.read', 'anywhere'),
  'operations.get': of('operations.read', 'operation'),
  'operations.cancel': of('operations.cancel', 'operation'),
  'operations.decide': of('restore.request', 'operation'),
  'operations.report': of('operations.read', 'operation'),
  'poolers.preview': of('clusters.read', 'cluster'),
  'poolers.command': of('traffic.command', 'cluster'),
  'rehearsals.preview': of('clusters.read', 'cluster'),
  'rehearsals.request': of('rehearsal.request', 'cluster'),
  'rehearsals.list': of('operations.read', 'cluster'),
  'rehearsals.file': of('restore.request', 'operation'),
  'releases.preview': of('clusters.read', 'operation', 'operation'),
  'releases.request': of('restore.request', 'operation', 'operation'),
  'repositories.preview': of('clusters.read', 'cluster'),
  'repositories.expiryPreview': of('repository.maintain', 'cluster'),
  'repositories.request': of('repository.maintain', 'cluster'),
  'repositories.setUp': of('repository.change', 'cluster'),
  'repositories.expire': of('repository.change', 'cluster'),
  'restores.preview': of('clusters.read', 'cluster'),
  'restores.request': of('restore.request', 'cluster'),
  'restores.commits': of('restore.request', 'cluster'),
  'runbooks.get': of('alerts.read', 'anywhere'),
  'schedules.get': of('clusters.read', 'cluster'),
  'schedules.setBackups': of('repository.maintain', 'cluster'),
  'schedules.setRehearsals': of('rehearsal.request', 'cluster'),
  'session.whoami': of('session.own', 'self'),
  'session.list': of('session.own', 'self'),
  'session.end': of('session.own', 'self'),
  'session.changePassword': of('session.own', 'self'),
  'setup.checks': of('clusters.read', 'cluster'),
  'silences.list': of('alerts.read', 'anywhere'),
  'silences.create': of('incidents.answer', 'cluster'),
  'silences.end': of('incidents.answer', 'silence'),
  'stack.get': of('clusters.read', 'cluster'),
  'stack.traffic': of('clusters.read', 'cluster'),
  'switchover.preview': of('clusters.read', 'cluster'),
  'switchover.request': of('switchover.request', 'cluster'),
  'tokens.list': of('people.read', 'everywhere'),
  'tokens.create': of('tokens.manage', 'everywhere'),
  'tokens.revoke': of('tokens.manage', 'everywhere'),
  'users.list': of('people.read', 'everywhere'),
  'users.create': of('users.manage', 'everywhere'),
  'users.endSession': of('users.manage', 'everywhere'),
  'users.grant': of('users.manage', 'everywhere'),
  'users.invite': of('users.manage', 'everywhere'),
  'users.inviteAgain': of('users.manage', 'everywhere'),
  'users.resetPassword': of('users.manage', 'everywhere'),
  'users.revoke': of('users.manage', 'everywhere'),
  'users.sessions': of('users.manage', 'everywhere'),
  'users.update': of('users.manage', 'everywhere'),
}
