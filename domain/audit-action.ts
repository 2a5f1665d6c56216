import type { OperationKind } from './operation.ts'

/** What people and tokens ask for, by the names of the commands. */
export type AskedAction =
  | 'agents.cancelInvitation'
  | 'agents.invite'
  | 'agents.remove'
  | 'backups.request'
  | 'clusters.add'
  | 'clusters.discover'
  | 'clusters.remove'
  | 'clusters.update'
  | 'operations.cancel'
  | 'operations.decide'
  | 'rehearsals.file'
  | 'rehearsals.request'
  | 'releases.request'
  | 'repositories.expire'
  | 'repositories.request'
  | 'repositories.setUp'
  | 'restores.request'
  | 'schedules.setBackups'
  | 'schedules.setRehearsals'
  | 'session.changePassword'
  | 'session.end'
  | 'switchover.request'
  | 'tokens.create'
  | 'tokens.revoke'
  | 'users.create'
  | 'users.resetPassword'
  | 'users.update'

/** Everything that the audit log tells of: also what comes to pass without a command, and the end of each operation. */
export type AuditAction = AskedAction | 'agents.enrol' | 'session.signIn' | `operations.${OperationKind}`
