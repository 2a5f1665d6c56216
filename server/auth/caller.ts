import type { Grant } from '#domain/people/grant.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'

/** Who asks: a person with a session, or a machine with a token. The grants are those of this moment. */
export type Caller =
  | {
      kind: 'user'
      id: string
      name: string
      email: string
      grants: Grant[]
      sessionId: string
      /** The person showed in the last minutes who they are. */
      isSteppedUp: boolean
      /** The person must register a second factor before anything else. */
      owesFactor: boolean
      /** What groups of the provider gave rests until the person signs in there again. */
      rightsRest: boolean
    }
  | {
      kind: 'token'
      id: string
      name: string
      grants: Grant[]
      /** Who made it; null = it was made beside the store. */
      ownerId: string | null
      /** The same of whoever made it, as far as the token has a right by it. */
      rightsRest: boolean
    }

/** The caller as the audit log names it. */
export function actorOf(caller: Caller): AuditRecord['actor'] {
  return { id: caller.id, name: caller.kind === 'user' ? caller.email : caller.name, kind: caller.kind }
}
