import { everywhere, type Grant } from '#domain/people/grant.ts'
import { isAllowed, type Permission, type Where } from '#domain/people/permission.ts'
import { rightsRestSentence } from '#domain/people/rights-rest.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { grantsSql, rightsRestSql, type StoredGrant, tokenGrantsSql } from '#server/store/grants.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { boundGrants } from '#server/store/tokens.ts'

/** Who asked for something, and whether that person or token may do it still. */
export interface Actor {
  record: AuditRecord['actor']
  /** What they may do now, and where; a token never more than its maker. */
  grants: Grant[]
  problem: string | null
  /** What groups of the provider gave rests until the person, or the maker of the token, signs in there again. */
  rightsRest: boolean
}

/** Who asks for what is due by a schedule. Whoever set it may have left since: backups go on all the same. */
export const scheduleActor = { id: 'console', name: "Matriarch's schedule", kind: 'console' } as const

/** Looks the actor up among users and tokens as they are now. */
export async function findActor(store: { pool: Queryable }, asked: { id: string; name: string }): Promise<Actor> {
  // No person or token has such an id: theirs are UUIDs.
  if (asked.id === scheduleActor.id)
    return { record: scheduleActor, grants: [everywhere('operator')], problem: null, rightsRest: false }
  const { rows } = await store.pool.query<ActorRow>(
    `select 'user' as kind, null::uuid as "ownerId", ${grantsSql('u.id')} as grants, '[]'::jsonb as bounds,
            u.disabled_at is not null as is_shut, ${rightsRestSql('u.id')} as "rightsRest"
       from app_user u where u.id::text = $1
     union all
     select 'token', t.owner_id, ${tokenGrantsSql('t.id')}, ${grantsSql('t.owner_id')},
            t.revoked_at is not null or coalesce(t.expires_at <= now(), false) or o.disabled_at is not null, ${rightsRestSql('t.owner_id')}
       from api_token t left join app_user o on o.id = t.owner_id where t.id::text = $1`,
    [asked.id],
  )
  const [row] = rows
  if (!row) {
    return {
      record: { ...asked, kind: 'user' },
      grants: [],
      problem: `${asked.name}, who wanted this, is not known any more`,
      rightsRest: false,
    }
  }
  const shut = row.kind === 'user' ? 'has been disabled since' : 'has expired or been revoked since'
  return {
    record: { ...asked, kind: row.kind },
    grants: boundGrants(row),
    rightsRest: row.rightsRest,
    problem: row.is_shut ? `${asked.name}, who wanted this, ${shut}` : null,
  }
}

/** Why an actor may not do this there any more; null while it may. */
export function whyForbidden(actor: Actor, permission: Permission, where: Where): string | null {
  if (actor.problem !== null) return `${actor.problem}.`
  if (isAllowed(actor.grants, permission, where)) return null
  const rest = actor.rightsRest
    ? ` ${rightsRestSentence(actor.record.kind === 'token' ? 'token' : 'user', 'they')}`
    : ''
  return `${actor.record.name} has no role any more that allows this.${rest}`
}

interface ActorRow {
  kind: 'user' | 'token'
  ownerId: string | null
  grants: StoredGrant[]
  bounds: StoredGrant[]
  is_shut: boolean
  rightsRest: boolean
}
