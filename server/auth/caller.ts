import type { Role } from '#domain/permission.ts'
import type { AuditRecord } from '#domain/view.ts'

/** Who asks: a person with a session, or a machine with a token. The role is the one of this moment. */
export type Caller =
  | { kind: 'user'; id: string; name: string; email: string; role: Role; sessionId: string }
  | { kind: 'token'; id: string; name: string; role: Role }

/** The caller as the audit log names it. */
export function actorOf(caller: Caller): AuditRecord['actor'] {
  return { id: caller.id, name: caller.kind === 'user' ? caller.email : caller.name, kind: caller.kind }
}
