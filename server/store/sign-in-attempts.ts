import { limitedAddress } from './limited-address.ts'
import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** For how long a bad try counts. */
export const windowMinutes = 15

/**
 * Bad tries of each kind within the window before the next one of that kind must wait; what is not named has no end. Kinds never count
 * against each other, and only what can be guessed has an end over all addresses.
 */
export const tries = {
  password: { account: 5, address: 50, all: 2_000 },
  'second step': { account: 5, address: 50, all: 2_000 },
  // A session is there already: strangers cannot try, so that none of theirs may count.
  'step-up': { account: 5 },
  'own password': { account: 5 },
  // Each costs the provider a question; nothing of it can be guessed.
  provider: { address: 50 },
  'provider logout': { address: 50 },
} as const satisfies Record<string, Limits>

interface Limits {
  account?: number
  address?: number
  all?: number
}

export interface Attempt {
  kind: keyof typeof tries
  /** Whose secret is tried; empty = nobody's. */
  account: string
  /** Where from; of IPv6 the whole network of one customer counts. */
  address: string
  /** It comes from a browser that was let in before. */
  isKnown?: boolean
}

/**
 * Takes one try from an address, counted as bad until `markGood`; `waitSeconds` when none is left. What others do
 * from the same address or elsewhere does not count against an account that is known, as a browser is that was let in before.
 * A refused try is not counted, so that nobody is kept out for longer than the window by somebody else's tries.
 */
export async function takeTry(
  store: Store,
  attempt: Attempt,
): Promise<{ ok: true; id: number } | { ok: false; waitSeconds: number }> {
  const from = limitedAddress(attempt.address)
  // Whoever is out of tries waits for nobody, and nobody for him.
  const already = await waitOf(store.pool, attempt, from)
  if (already !== null) return { ok: false, waitSeconds: already }
  const taken = await inTransaction(store, async (tx) => {
    // One try of an account at a time: parallel tries would all count the same past.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 36))', [
      `${attempt.kind} ${attempt.account || from}`,
    ])
    const waitSeconds = await waitOf(tx, attempt, from)
    if (waitSeconds !== null) return { ok: false as const, waitSeconds }
    const inserted = await tx.query<{ id: number }>(
      'insert into sign_in_attempt (kind, account, address, is_good) values ($1, $2, $3, false) returning id',
      [attempt.kind, attempt.account, from],
    )
    return { ok: true as const, id: Number(inserted.rows[0]?.id) }
  })
  if (taken.ok && taken.id % 50 === 0) await forgetOldTries(store)
  return taken
}

/** The try was right: it and the account's bad ones before it no longer count. */
export async function markGood(store: Store, id: number): Promise<void> {
  await store.pool.query('update sign_in_attempt set is_good = true where id = $1', [id])
}

/** The try was not looked at: it does not count. */
export async function giveBack(store: Store, id: number): Promise<void> {
  await store.pool.query('delete from sign_in_attempt where id = $1', [id])
}

async function forgetOldTries(store: Store): Promise<void> {
  await store.pool.query(`delete from sign_in_attempt where at < now() - interval '1 hour'`)
}

async function waitOf(
  on: Queryable,
  { kind, account, isKnown = false }: Attempt,
  from: string,
): Promise<number | null> {
  const most: Limits = tries[kind]
  const { rows } = await on.query<{ waitSeconds: number | null }>(countSql, [
    kind,
    account,
    from,
    most.account ?? null,
    isKnown ? null : (most.address ?? null),
    isKnown ? null : (most.all ?? null),
  ])
  const waitSeconds = rows[0]?.waitSeconds ?? null
  return waitSeconds === null ? null : Math.max(1, Math.ceil(waitSeconds))
}

// The nth newest bad try of the window decides how long to wait: when it leaves the window, a try comes free.
const countSql = `
  with bad as not materialized (
    select account, address, at, id from sign_in_attempt
     where kind = $1 and not is_good and at > now() - interval '${windowMinutes} minutes'
  ), account_bad as (
    select at from bad
     where $4::int is not null and account = $2
       and id > coalesce((select max(id) from sign_in_attempt where kind = $1 and account = $2 and is_good), 0)
     order by at desc offset $4::int - 1 limit 1
  ), address_bad as (
    select at from bad where $5::int is not null and address = $3 order by at desc offset $5::int - 1 limit 1
  ), all_bad as (
    select at from bad where $6::int is not null order by at desc offset $6::int - 1 limit 1
  )
  select extract(epoch from max(at) + interval '${windowMinutes} minutes' - now())::float8 as "waitSeconds"
    from (select at from account_bad union all select at from address_bad union all select at from all_bad) as deciding`
