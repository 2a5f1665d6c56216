import type { Role } from '#domain/permission.ts'
import type { AuditRecord } from '#domain/view.ts'

/** Who asks: a person with a session, or a machine with a token. The role is the one of this moment. */
export type Caller =
  | {
      kind: 'user'
      id: string
      name: string
      email: string
      role: Role
      sessionId: string
      /** The person showed in the last minutes who they are. */
      isSteppedUp: boolean
      /** The person must register a second factor before anything else. */
      owesFactor: boolean
    }
  | { kind: 'token'; id: string; name: string; role: Role }

/** The caller as the audit log names it. */
export function actorOf(caller: Caller): AuditRecord['actor'] {
  return { id: caller.id, name: caller.kind === 'user' ? caller.email : caller.name, kind: caller.kind }
}
