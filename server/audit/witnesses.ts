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

interface Kept extends Pick<AuditWitness, 'name' | 'seq' | 'hash' | 'problem'> {
  /** True = what it keeps and what the log has contradict each other; false with a problem = a checkpoint did not reach it. */
  isDisputed: boolean
}

/** What a witness holds now; `isNews` where it disputes the chain and did not before. One that refuses a checkpoint, or is given none, keeps what it had. */
export async function keepWitness(
  on: Queryable,
  { name, seq, hash, problem, isDisputed }: Kept,
  now: Date,
): Promise<{ isNews: boolean }> {
  const { rows } = await on.query<{ was: boolean }>(
    'select is_disputed as was from audit_witness where name = $1 for update',
    [name],
  )
  await on.query(
    `insert into audit_witness (name, seq, hash, kept_at, problem, problem_since, is_disputed)
     values ($1, $2, $3, $5, $4, case when $4::text is null then null else $5::timestamptz end, $6)
     on conflict (name) do update set
       kept_at = case when audit_witness.seq = $2 then audit_witness.kept_at else $5 end, seq = $2, hash = $3, problem = $4,
       problem_since = case when $4::text is null then null else coalesce(audit_witness.problem_since, $5) end,
       is_disputed = $6`,
    [name, seq, hash, problem, now, isDisputed],
  )
  return { isNews: isDisputed && rows[0]?.was !== true }
}

/** Everybody outside the store who keeps checkpoints, by name. */
export async function witnessesOf(on: Queryable): Promise<AuditWitness[]> {
  const { rows } = await on.query<AuditWitness>(
    'select name, seq, hash, kept_at as "keptAt", problem from audit_witness order by name',
  )
  return rows
}

/** One of them; null where nothing is known of it. */
export async function findWitness(on: Queryable, name: string): Promise<AuditWitness | null> {
  const { rows } = await on.query<AuditWitness>(
    'select name, seq, hash, kept_at as "keptAt", problem from audit_witness where name = $1',
    [name],
  )
  return rows[0] ?? null
}
