import { type KeyObject, sign } from 'node:crypto'
import { type Checkpoint, checkpointText } from '#domain/audit-chain/checkpoint.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'

/** Somebody outside the store who keeps checkpoints, and how far the chain had come by the newest of them. */
export interface AuditWitness {
  name: string
  seq: number
  hash: string
  keptAt: Date
  /** Why it did not take a later one; null = it did. */
  problem: string | null
}

/** A checkpoint is signed this long after the one before, in ms, or this many records after it. */
export const checkpointEvery = { ms: 300_000, records: 1_000 }

/** Signs how far the chain has come where that is due; gives the newest checkpoint, null while there is no record. */
export async function signCheckpoint(store: Store, privateKey: KeyObject, now: Date): Promise<Checkpoint | null> {
  return inTransaction(store, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch audit checkpoint'))")
    const last = await newestCheckpoint(tx)
    const { rows } = await tx.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
    const head = rows[0]
    if (head === undefined || !isDue(head, last, now)) return last
    const unsigned = { seq: head.seq, hash: head.hash, at: now.toISOString() }
    const signature = sign(null, Buffer.from(checkpointText(unsigned)), privateKey).toString('base64')
    await tx.query('insert into audit_checkpoint (seq, hash, at, signature) values ($1, $2, $3, $4)', [
      unsigned.seq,
      unsigned.hash,
      unsigned.at,
      signature,
    ])
    return { ...unsigned, signature }
  })
}

function isDue(head: { seq: number }, last: Checkpoint | null, now: Date): boolean {
  // An end before the last checkpoint is for whoever verifies; to sign it would vouch for it.
  if (head.seq <= (last?.seq ?? 0)) return false
  if (last === null || head.seq - last.seq >= checkpointEvery.records) return true
  return Math.abs(now.getTime() - Date.parse(last.at)) >= checkpointEvery.ms
}

/** The newest checkpoint; null = none was signed yet. */
export async function newestCheckpoint(on: Queryable): Promise<Checkpoint | null> {
  const { rows } = await on.query<Checkpoint>(
    'select seq, hash, at, signature from audit_checkpoint order by seq desc limit 1',
  )
  return rows[0] ?? null
}

/** All checkpoints, oldest first. */
export async function keptByStore(on: Queryable): Promise<Checkpoint[]> {
  const { rows } = await on.query<Checkpoint>('select seq, hash, at, signature from audit_checkpoint order by seq')
  return rows
}

/** What a witness holds now; one that refuses a checkpoint keeps what it had. */
export async function keepWitness(
  on: Queryable,
  { name, seq, hash, problem }: Pick<AuditWitness, 'name' | 'seq' | 'hash' | 'problem'>,
  now: Date,
): Promise<{ isNews: boolean }> {
  const { rows } = await on.query<{ problem: string | null }>('select problem from audit_witness where name = $1', [
    name,
  ])
  await on.query(
    `insert into audit_witness (name, seq, hash, kept_at, problem, problem_since)
     values ($1, $2, $3, $5, $4, case when $4::text is null then null else $5::timestamptz end)
     on conflict (name) do update set
       kept_at = case when audit_witness.seq = $2 then audit_witness.kept_at else $5 end, seq = $2, hash = $3, problem = $4,
       problem_since = case when $4::text is null then null else coalesce(audit_witness.problem_since, $5) end`,
    [name, seq, hash, problem, now],
  )
  return { isNews: problem !== null && (rows[0]?.problem ?? null) === null }
}

/** Everybody outside the store who keeps checkpoints, by name. */
export async function witnessesOf(on: Queryable): Promise<AuditWitness[]> {
  const { rows } = await on.query<AuditWitness>(
    'select name, seq, hash, kept_at as "keptAt", problem from audit_witness order by name',
  )
  return rows
}
