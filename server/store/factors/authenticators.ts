import { randomUUID } from 'node:crypto'
import { decryptAt, encryptAt, type Encrypted } from '../at-rest.ts'
import type { WorkerKeys } from '../keys.ts'
import type { Store } from '../open.ts'
import type { Queryable } from '../queryable.ts'

/** An authenticator app of a person with the secret it shares with the workers. */
export interface Authenticator {
  id: string
  secret: string
  isVouched: boolean
}

/** Worker side: keeps a new authenticator app; the code of `step` has been used already. Returns its id. */
export async function insertAuthenticator(
  tx: Queryable,
  keys: WorkerKeys,
  { userId, name, secret, step }: { userId: string; name: string; secret: string; step: number },
): Promise<string> {
  const id = randomUUID()
  const { ciphertext, nonce, tag, keyId } = encryptAt(placeOf(id, userId), secret, keys)
  await tx.query(
    `insert into factor (id, user_id, kind, name, ciphertext, nonce, tag, key_id, last_step)
     values ($1, $2, 'totp', $3, $4, $5, $6, $7, $8)`,
    [id, userId, name, ciphertext, nonce, tag, keyId, step],
  )
  return id
}

// More than the web tier gives a stranger in one go: whoever knows a password must not use up the owner's.
const freeTries = 10

/**
 * Worker side: takes one try of a code, counted as wrong until it turns out right, and outside of any transaction that may be
 * rolled back. Null = no try is left yet: ten are free, then the wait doubles from a quarter of an hour up to a day.
 */
export async function takeCodeTry(store: Store, keys: WorkerKeys, userId: string): Promise<Authenticator[] | null> {
  const { rows } = await store.pool.query<AuthenticatorRow>(
    `update factor set wrong_codes = wrong_codes + 1, wrong_at = now()
      where user_id = $1 and kind = 'totp' and removed_at is null and (wrong_codes < ${freeTries}
        or wrong_at < now() - least(interval '1 day', interval '15 minutes' * 2 ^ least(wrong_codes - ${freeTries}, 10)))
      returning id, ciphertext, nonce, tag, key_id as "keyId", vouched_at is not null as "isVouched"`,
    [userId],
  )
  if (rows.length === 0) return null
  return rows.map(({ id, isVouched, ...encrypted }) => ({
    id,
    isVouched,
    secret: decryptAt(placeOf(id, userId), encrypted, keys),
  }))
}

/** Worker side: uses up the code of a step; false when one of it or of a later step was used before, or the factor was removed. */
export async function spendStep(tx: Queryable, { id, userId, step }: { id: string; userId: string; step: number }) {
  const { rowCount } = await tx.query(
    `update factor set last_step = $2 where id = $1 and (last_step is null or last_step < $2) and removed_at is null`,
    [id, step],
  )
  if (rowCount !== 1) return false
  await tx.query(`update factor set wrong_codes = 0, wrong_at = null where user_id = $1 and kind = 'totp'`, [userId])
  return true
}

interface AuthenticatorRow extends Encrypted {
  id: string
  isVouched: boolean
}

function placeOf(id: string, userId: string): string {
  return `factor|${id}|${userId}|totp`
}
