import { inTransaction, type Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** Bad tries within the window before the next one must wait. */
export const tries = { account: 5, address: 50, all: 2_000, windowMinutes: 15 } as const

/**
 * Takes one try for an account from an address, counted as bad until `markGood`; `waitSeconds` when none is left. What others do
 * from the same address or elsewhere does not count against an account that is known, as a browser is that was let in before.
 * A refused try is not counted, so that nobody is kept out for longer than the window by somebody else's tries.
 */
export async function takeTry(
  store: Store,
  attempt: { account: string; address: string; isKnown?: boolean },
): Promise<{ ok: true; id: number } | { ok: false; waitSeconds: number }> {
  // Whoever is out of tries waits for nobody, and nobody for him.
  const already = await waitOf(store.pool, attempt)
  if (already !== null) return { ok: false, waitSeconds: already }
  return inTransaction(store, async (tx) => {
    // One try of an account at a time: parallel tries would all count the same past.
    await tx.query('select pg_advisory_xact_lock(hashtext($1)::bigint)', [`sign-in ${attempt.account}`])
    const waitSeconds = await waitOf(tx, attempt)
    if (waitSeconds !== null) return { ok: false, waitSeconds }
    const inserted = await tx.query<{ id: number }>(
      'insert into sign_in_attempt (account, address, is_good) values ($1, $2, false) returning id',
      [attempt.account, attempt.address],
    )
    return { ok: true, id: Number(inserted.rows[0]?.id) }
  })
}

/** The try was right: it and the account's bad ones before it no longer count. */
export async function markGood(store: Store, id: number): Promise<void> {
  await store.pool.query('update sign_in_attempt set is_good = true where id = $1', [id])
}

/** The try was not looked at: it does not count. */
export async function giveBack(store: Store, id: number): Promise<void> {
  await store.pool.query('delete from sign_in_attempt where id = $1', [id])
}

/** Forgets tries that no longer count. */
export async function forgetOldTries(store: Store): Promise<void> {
  await store.pool.query(`delete from sign_in_attempt where at < now() - interval '1 hour'`)
}

async function waitOf(
  on: Queryable,
  { account, address, isKnown = false }: { account: string; address: string; isKnown?: boolean },
): Promise<number | null> {
  const { rows } = await on.query<{ waitSeconds: number | null }>(countSql, [account, address, isKnown])
  const waitSeconds = rows[0]?.waitSeconds ?? null
  return waitSeconds === null ? null : Math.max(1, Math.ceil(waitSeconds))
}

// The nth newest bad try of the window decides how long to wait: when it leaves the window, a try comes free.
const countSql = `
  with bad as (
    select account, address, at, id from sign_in_attempt
     where not is_good and at > now() - interval '${tries.windowMinutes} minutes' and (account = $1 or address = $2)
  ), account_bad as (
    select at from bad
     where account = $1
       and id > coalesce((select max(id) from sign_in_attempt where account = $1 and is_good), 0)
     order by at desc offset ${tries.account - 1} limit 1
  ), address_bad as (
    select at from bad where address = $2 and not $3 order by at desc offset ${tries.address - 1} limit 1
  ), all_bad as (
    select at from sign_in_attempt
     where not is_good and at > now() - interval '${tries.windowMinutes} minutes' and not $3
     order by at desc offset ${tries.all - 1} limit 1
  )
  select extract(epoch from max(at) + interval '${tries.windowMinutes} minutes' - now())::float8 as "waitSeconds"
    from (select at from account_bad union all select at from address_bad union all select at from all_bad) as deciding`
