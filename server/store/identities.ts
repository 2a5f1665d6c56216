import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** Who a person is to a provider of sign-ins, as administrators see it. */
export interface IdentityRow {
  id: string
  issuer: string
  subject: string
  userId: string
  userName: string
  userEmail: string
  /** The address that the provider told last; null = none. */
  email: string | null
  /** Null = the person was made by their first sign-in. */
  linkedBy: string | null
  createdAt: Date
  signedInAt: Date | null
}

/** A page of identities by the name of their person, after the one with this id. */
export async function listIdentities(
  store: Store,
  { after, limit }: { after: string | null; limit: number },
): Promise<IdentityRow[]> {
  const { rows } = await store.pool.query<IdentityRow>(
    `${select} where $1::uuid is null
        or (lower(u.name), i.id) > (select lower(v.name), j.id from identity j join app_user v on v.id = j.user_id where j.id = $1)
      order by lower(u.name), i.id limit $2`,
    [after, limit],
  )
  return rows
}

/** The identity with this id; null when there is none. */
export async function findIdentity(on: Queryable, id: string): Promise<IdentityRow | null> {
  const { rows } = await on.query<IdentityRow>(`${select} where i.id = $1`, [id])
  return rows[0] ?? null
}

/** The identity of a provider's subject, locked until the transaction ends; null when it is unknown here. */
export async function lockIdentity(tx: Queryable, issuer: string, subject: string): Promise<IdentityRow | null> {
  // Two first sign-ins of one subject would else make two people.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 30))', [`${issuer} ${subject}`])
  const { rows } = await tx.query<IdentityRow>(`${select} where i.issuer = $1 and i.subject = $2`, [issuer, subject])
  return rows[0] ?? null
}

/** Keeps who a person is to a provider; false when the subject is somebody already. */
export async function insertIdentity(
  tx: Queryable,
  identity: { issuer: string; subject: string; userId: string; email: string | null; linkedBy: string | null },
): Promise<string | null> {
  const { issuer, subject, userId, email, linkedBy } = identity
  const { rows } = await tx.query<{ id: string }>(
    `insert into identity (issuer, subject, user_id, email, linked_by) values ($1, $2, $3, $4, $5)
     on conflict (issuer, subject) do nothing returning id`,
    [issuer, subject, userId, email, linkedBy],
  )
  return rows[0]?.id ?? null
}

/** Notes a sign-in and the address that the provider told with it. */
export async function markSignedIn(tx: Queryable, id: string, email: string | null): Promise<void> {
  await tx.query('update identity set signed_in_at = now(), email = $2 where id = $1', [id, email])
}

/** Takes an identity away from its person. */
export async function deleteIdentity(tx: Queryable, id: string): Promise<void> {
  await tx.query('delete from identity where id = $1', [id])
}

/** Keeps what the provider said of a session. */
export async function insertOidcSession(
  tx: Queryable,
  session: { sessionId: string; identityId: string; providerSession: string | null; secondFactorAt: Date | null },
): Promise<void> {
  await tx.query(
    'insert into oidc_session (session_id, identity_id, provider_session, second_factor_at) values ($1, $2, $3, $4)',
    [session.sessionId, session.identityId, session.providerSession, session.secondFactorAt],
  )
}

/** The session that took the place of one that waited began with the provider as that did. */
export async function carryOidcSession(tx: Queryable, from: string, to: string): Promise<void> {
  await tx.query(
    `insert into oidc_session (session_id, identity_id, provider_session, second_factor_at)
     select $2, identity_id, provider_session, second_factor_at from oidc_session where session_id = $1`,
    [from, to],
  )
}

/** True for who was made by a first sign-in with the provider and has no password: by the provider alone it is known what they may do. */
export async function comesByProviderAlone(on: Queryable, userId: string): Promise<boolean> {
  const { rows } = await on.query(
    `select 1 from app_user u where u.id = $1 and u.password_hash is null
        and exists (select from identity i where i.user_id = u.id and i.linked_by is null)`,
    [userId],
  )
  return rows.length > 0
}

/** True where the session began with the provider. */
export async function isOidcSession(on: Queryable, sessionId: string): Promise<boolean> {
  const { rows } = await on.query('select 1 from oidc_session where session_id = $1', [sessionId])
  return rows.length > 0
}

/** Ends the live sessions that began with this provider, of its session or else of its subject; whose they were. */
export async function endProviderSessions(
  tx: Queryable,
  ended: { issuer: string; subject: string | null; providerSession: string | null },
): Promise<{ sessionId: string; userId: string; email: string }[]> {
  const { rows } = await tx.query<{ sessionId: string; userId: string; email: string }>(
    `update app_session s set ended_at = now()
       from oidc_session o join identity i on i.id = o.identity_id join app_user u on u.id = i.user_id
      where o.session_id = s.id_hash and s.ended_at is null and s.expires_at > now() and i.issuer = $1
        and ($2::text is null or i.subject = $2) and ($3::text is null or o.provider_session = $3)
        and ($2::text is not null or $3::text is not null)
      returning s.id_hash as "sessionId", u.id as "userId", u.email`,
    [ended.issuer, ended.subject, ended.providerSession],
  )
  return rows
}

/** Takes something that counts once, told by its hash; false when it was taken before. */
export async function takeOnce(on: Queryable, hash: string, expiresAt: Date): Promise<boolean> {
  await on.query('delete from oidc_used where expires_at < now()')
  const { rowCount } = await on.query(
    'insert into oidc_used (token_hash, expires_at) values ($1, $2) on conflict do nothing',
    [hash, expiresAt],
  )
  return (rowCount ?? 0) > 0
}

const select = `
  select i.id, i.issuer, i.subject, i.user_id as "userId", u.name as "userName", u.email as "userEmail", i.email,
         i.linked_by as "linkedBy", i.created_at as "createdAt", i.signed_in_at as "signedInAt"
    from identity i join app_user u on u.id = i.user_id`
