import type { Queryable } from '../queryable.ts'

/** A passkey with what its answers are checked by. */
export interface Passkey {
  id: string
  userId: string
  email: string
  isDisabled: boolean
  isVouched: boolean
  credentialId: string
  publicKey: Uint8Array<ArrayBuffer>
  counter: number
  rpId: string
}

/** The passkey with this credential id; null when it is unknown or was removed. */
export async function findPasskey(on: Queryable, credentialId: string): Promise<Passkey | null> {
  const { rows } = await on.query<Omit<Passkey, 'publicKey'> & { publicKey: Buffer }>(
    `select f.id, f.user_id as "userId", p.email, p.disabled_at is not null as "isDisabled", f.vouched_at is not null as "isVouched",
            f.credential_id as "credentialId", f.public_key as "publicKey", coalesce(u.counter, 0) as counter, f.rp_id as "rpId"
       from factor f join app_user p on p.id = f.user_id left join factor_use u on u.factor_id = f.id
      where f.credential_id = $1 and f.kind = 'passkey' and f.removed_at is null`,
    [credentialId],
  )
  const [row] = rows
  return row ? { ...row, counter: Number(row.counter), publicKey: new Uint8Array(row.publicKey) } : null
}

/** Credential ids of a person's passkeys for the console under this name. */
export async function listCredentials(on: Queryable, userId: string, rpId: string): Promise<string[]> {
  const { rows } = await on.query<{ credentialId: string }>(
    `select credential_id as "credentialId" from factor
      where user_id = $1 and rp_id = $2 and kind = 'passkey' and removed_at is null order by registered_at`,
    [userId, rpId],
  )
  return rows.map((row) => row.credentialId)
}

/** Worker side: keeps a new passkey; null when it is registered already. */
export async function insertPasskey(
  tx: Queryable,
  key: { userId: string; name: string; credentialId: string; publicKey: Uint8Array; rpId: string },
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into factor (user_id, kind, name, credential_id, public_key, rp_id) values ($1, 'passkey', $2, $3, $4, $5)
     on conflict (credential_id) do nothing returning id`,
    [key.userId, key.name, key.credentialId, Buffer.from(key.publicKey), key.rpId],
  )
  return rows[0]?.id ?? null
}

/** Uses up a challenge; false when it was answered before. */
export async function spendChallenge(on: Queryable, challenge: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'insert into spent_challenge (challenge) values ($1) on conflict (challenge) do nothing',
    [challenge],
  )
  return rowCount === 1
}

/** Worker side: forgets challenges that are too old to be answered again. */
export async function forgetChallenges(on: Queryable): Promise<void> {
  await on.query(`delete from spent_challenge where spent_at < now() - interval '1 day'`)
}
