import { isAllowed, type Permission, roles, type Role } from '#domain/permission.ts'
import type { AuditRecord } from '#domain/view.ts'
import type { Queryable } from '#server/store/queryable.ts'

/** Who asked for something, and whether that person or token may do it still. */
export interface Actor {
  record: AuditRecord['actor']
  /** Null = nobody of that id is known any more. */
  role: Role | null
  problem: string | null
}

/** Who asks for what is due by a schedule. Whoever set it may have left since: backups go on all the same. */
export const scheduleActor = { id: 'console', name: "Matriarch's schedule", kind: 'console' } as const

/** Looks the actor up among users and tokens as they are now. */
export async function findActor(store: { pool: Queryable }, asked: { id: string; name: string }): Promise<Actor> {
  // No person or token has such an id: theirs are UUIDs.
  if (asked.id === scheduleActor.id) return { record: scheduleActor, role: 'operator', problem: null }
  const { rows } = await store.pool.query<ActorRow>(
    `select 'user' as kind, role, disabled_at is not null as is_shut from app_user where id::text = $1
     union all
     select 'token', role, revoked_at is not null or expires_at <= now() from api_token where id::text = $1`,
    [asked.id],
  )
  const [row] = rows
  if (!row) {
    return {
      record: { ...asked, kind: 'user' },
      role: null,
      problem: `${asked.name}, who wanted this, is not known any more`,
    }
  }
  const role = roles.find((each) => each === row.role) ?? null
  const shut = row.kind === 'user' ? 'has been disabled since' : 'has expired or been revoked since'
  return {
    record: { ...asked, kind: row.kind },
    role,
    problem: row.is_shut ? `${asked.name}, who wanted this, ${shut}` : null,
  }
}

/** Why an actor may not do this any more; null while it may. */
export function whyForbidden(actor: Actor, permission: Permission): string | null {
  if (actor.problem !== null) return `${actor.problem}.`
  if (actor.role !== null && isAllowed(actor.role, permission)) return null
  return `${actor.record.name} has no role any more that allows this.`
}

interface ActorRow {
  kind: 'user' | 'token'
  role: string
  is_shut: boolean
}
