import { stepUpMinutes } from '#domain/people/factor.ts'
import type { Grant } from '#domain/people/grant.ts'
import { grantsOf, grantsSql, personGrants, rightsRestSql, type StoredGrant } from './grants.ts'
import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A session without anything that could be used to take it over: its id is a hash. */
export interface SessionRow {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  userAgent: string
  address: string
}

/** Longest time without any use before a session ends. */
export const idleMinutes = 30

/** Keeps a new session until `expiresAt` at the latest. One that waits for the second factor is nobody's yet. */
export async function insertSession(
  tx: Queryable,
  session: {
    id: string
    userId: string
    expiresAt: Date
    userAgent: string
    address: string
    waitsForFactor?: boolean
    /** When the person last showed who they are; null = it is not known, absent = just now. */
    shownAt?: Date | null
  },
): Promise<void> {
  const { id, userId, expiresAt, userAgent, address, waitsForFactor = false, shownAt } = session
  await tx.query(
    `insert into app_session (id_hash, user_id, expires_at, user_agent, address, waits_for_factor, stepped_up_at)
     values ($1, $2, $3, $4, $5, $6, 
             case when $6 then null when $7 then now() when $8::timestamptz is not null then least($8, now()) end)`,
    [id, userId, expiresAt, userAgent, address, waitsForFactor, shownAt === undefined, shownAt ?? null],
  )
}

/** A live session with its owner as of now. */
export interface LiveSession {
  userId: string
  email: string
  name: string
  grants: Grant[]
  /** Less than `stepUpMinutes` ago its owner showed who they are. */
  isSteppedUp: boolean
  /** People who may act must have a second factor, and the owner has none, nor did the provider tell of one that counts. */
  owesFactor: boolean
  /** What groups of the provider gave rests until the owner signs in there again. */
  rightsRest: boolean
}

/** Whose session it is now, and with what rights; null when it is unknown, ended, idle for too long, waits for the second factor or its owner is disabled. */
export async function findLiveSession(store: Store, id: string): Promise<LiveSession | null> {
  const { rows } = await store.pool.query<Omit<LiveSession, 'grants'> & { grants: StoredGrant[]; isDue: boolean }>(
    `select u.id as "userId", u.email, u.name, ${grantsSql('u.id')} as grants, s.last_seen_at < now() - interval '1 minute' as "isDue",
            coalesce(s.stepped_up_at > now() - interval '${stepUpMinutes} minutes', false) as "isSteppedUp",
            exists (select from ${personGrants} g where g.user_id = u.id and g.role <> 'viewer')
              and exists (select from sign_in_policy where second_factor = 'required')
              and not exists (select from factor f where f.user_id = u.id and f.removed_at is null)
              and not exists (select from oidc_session o where o.session_id = s.id_hash and o.second_factor_at is not null)
              as "owesFactor",
            ${rightsRestSql('u.id')} as "rightsRest"
       from app_session s join app_user u on u.id = s.user_id
      where s.id_hash = $1 and ${isLive} and not s.waits_for_factor and u.disabled_at is null`,
    [id],
  )
  const found = rows[0]
  if (!found) return null
  const { isDue, grants, ...session } = found
  if (isDue) await store.pool.query('update app_session set last_seen_at = now() where id_hash = $1', [id])
  return { ...session, grants: grantsOf(grants) }
}

/** Whose session it would be once the second factor is given; null when there is none that waits for one. */
export async function findWaitingSession(store: Store, id: string): Promise<{ userId: string; email: string } | null> {
  const { rows } = await store.pool.query<{ userId: string; email: string }>(
    `select u.id as "userId", u.email from app_session s join app_user u on u.id = s.user_id
      where s.id_hash = $1 and ${isLive} and s.waits_for_factor and u.disabled_at is null`,
    [id],
  )
  return rows[0] ?? null
}

/** The owner of a session has just shown again who they are. */
export async function noteStepUp(tx: Queryable, id: string): Promise<void> {
  await tx.query('update app_session set stepped_up_at = now() where id_hash = $1', [id])
}

/** The live sessions of a person, last used first. */
export async function listSessions(store: Store, userId: string): Promise<SessionRow[]> {
  const { rows } = await store.pool.query<SessionRow>(
    `select s.id_hash as id, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
            s.user_agent as "userAgent", s.address
       from app_session s where s.user_id = $1 and ${isLive} and not s.waits_for_factor order by s.last_seen_at desc, s.id_hash`,
    [userId],
  )
  return rows
}

/** Ends one session; whose it was, or null when it was not live. */
export async function endSession(tx: Queryable, id: string): Promise<{ userId: string; email: string } | null> {
  const { rows } = await tx.query<{ userId: string; email: string }>(
    `update app_session s set ended_at = now() from app_user u
      where s.id_hash = $1 and ${isLive} and u.id = s.user_id
      returning u.id as "userId", u.email`,
    [id],
  )
  return rows[0] ?? null
}

/** Ends every live session of a person but the one named; returns how many. */
export async function endSessionsOf(tx: Queryable, userId: string, except: string | null): Promise<number> {
  const { rowCount } = await tx.query(
    `update app_session s set ended_at = now() where s.user_id = $1 and s.id_hash is distinct from $2 and ${isLive}`,
    [userId, except],
  )
  return rowCount ?? 0
}

/** Forgets sessions that ended longer than a month ago. */
export async function forgetOldSessions(tx: Queryable): Promise<void> {
  await tx.query(`delete from app_session where least(ended_at, expires_at) < now() - interval '30 days'`)
}

const isLive = `(s.ended_at is null and s.expires_at > now()
  and s.last_seen_at > now() - interval '${idleMinutes} minutes')`
