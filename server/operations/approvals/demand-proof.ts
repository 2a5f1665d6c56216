import type pg from 'pg'
import type { CheckProof, ProofToCheck } from './check-proof.ts'

/** So many proofs that do not hold within so long, and the person has to wait: codes are short. */
const mostFailures = 5
const withinMinutes = 15

/**
 * Checks a proof by a factor that somebody has vouched for; the id of the factor, or why not in a sentence. What failed is counted, so the
 * transaction is to be committed either way.
 */
export async function demandProof(
  tx: pg.PoolClient,
  checkProof: CheckProof,
  check: Omit<ProofToCheck, 'needsVouched'>,
): Promise<{ factorId: string } | { refusal: string }> {
  // Two attempts of one person at a time would be counted as one.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`proof ${check.userId}`])
  const { rows } = await tx.query<{ failures: number }>(
    `select count(*)::int as failures from failed_proof where user_id = $1 and at > now() - make_interval(mins => $2)`,
    [check.userId, withinMinutes],
  )
  if ((rows[0]?.failures ?? 0) >= mostFailures)
    return { refusal: `Too many codes did not hold. Wait ${withinMinutes} minutes and try again.` }
  const checked = await checkProof(tx, { ...check, needsVouched: true })
  if (checked.ok) return { factorId: checked.factorId }
  await tx.query('insert into failed_proof (user_id) values ($1)', [check.userId])
  await tx.query(`delete from failed_proof where at < now() - interval '1 day'`)
  return { refusal: checked.sentence }
}
