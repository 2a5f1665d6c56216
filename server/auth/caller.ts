import type { Grant } from '#domain/grant.ts'
import type { AuditRecord } from '#domain/view.ts'

/** Who asks: a person with a session, or a machine with a token. The grants are those of this moment. */
export type Caller =
  | { kind: 'user'; id: string; name: string; email: string; grants: Grant[]; sessionId: string }
  | {
      kind: 'token'
      id: string
      name: string
      grants: Grant[]
      /** Who made it; null = it was made beside the store. */
      ownerId: string | null
    }

/** The caller as the audit log names it. */
export function actorOf(caller: Caller): AuditRecord['actor'] {
  return { id: caller.id, name: caller.kind === 'user' ? caller.email : caller.name, kind: caller.kind }
}
