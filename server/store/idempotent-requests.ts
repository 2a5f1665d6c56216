import type { Store } from './open.ts'
import type { Queryable } from './queryable.ts'

/** A key of a caller, and what was asked with it. */
export interface KeyedRequest {
  callerId: string
  keyHash: string
  fingerprint: string
}

/** What is known of a request that was asked for with a key. */
export type KnownRequest =
  | { state: 'mine'; id: string }
  | { state: 'held' }
  | { state: 'another' }
  | { state: 'lost' }
  | { state: 'answered'; status: number; answer: Buffer }

/** How long an answer is kept, hours. */
export const keptHours = 24

/** How long whoever carries a request out has it for themselves, seconds. */
const heldSeconds = 90

/** Takes a request for oneself, or says how far it came with whoever had it before. */
export async function takeRequest(store: Store, asked: KeyedRequest): Promise<KnownRequest> {
  const { callerId, keyHash, fingerprint } = asked
  await store.pool.query('delete from idempotent_request where expires_at < now()')
  const { rows } = await store.pool.query<{ id: string }>(
    `insert into idempotent_request as r (caller_id, key_hash, fingerprint, held_until, expires_at)
     values ($1, $2, $3, now() + make_interval(secs => $4), now() + make_interval(hours => $5))
     on conflict (caller_id, key_hash) do update set held_until = excluded.held_until
       where r.fingerprint = $3 and r.done_at is null and r.held_until < now()
     returning id`,
    [callerId, keyHash, fingerprint, heldSeconds, keptHours],
  )
  if (rows[0]) return { state: 'mine', id: rows[0].id }
  return knownOf(store, asked)
}

/** Marks, in the transaction of the change, that it was made; false when another made it meanwhile. */
export async function markDone(tx: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update idempotent_request set done_at = now() where id = $1 and done_at is null',
    [id],
  )
  return (rowCount ?? 0) > 0
}

/** Keeps what was answered. */
export async function keepAnswer(store: Store, id: string, status: number, answer: Buffer): Promise<void> {
  await store.pool.query(
    'update idempotent_request set done_at = coalesce(done_at, now()), status = $2, answer = $3 where id = $1',
    [id, status, answer],
  )
}

/** Lets a request go that changed nothing, so that it may be tried again; one that did stays. */
export async function letRequestGo(store: Store, id: string): Promise<void> {
  await store.pool.query('delete from idempotent_request where id = $1 and done_at is null', [id])
}

async function knownOf(store: Store, { callerId, keyHash, fingerprint }: KeyedRequest): Promise<KnownRequest> {
  const { rows } = await store.pool.query<Line>(
    `select fingerprint, done_at is not null and held_until < now() as "isLost", status, answer from idempotent_request where caller_id = $1 and key_hash = $2`,
    [callerId, keyHash],
  )
  const [known] = rows
  // Let go between two looks: the next look takes it.
  if (!known) return { state: 'held' }
  if (known.fingerprint !== fingerprint) return { state: 'another' }
  if (known.status !== null && known.answer !== null) {
    return { state: 'answered', status: known.status, answer: known.answer }
  }
  // Made, and about to be answered by whoever has it.
  return { state: known.isLost ? 'lost' : 'held' }
}

interface Line {
  fingerprint: string
  isLost: boolean
  status: number | null
  answer: Buffer | null
}
