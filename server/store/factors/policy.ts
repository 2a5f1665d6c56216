import type { SecondFactorPolicy } from '#domain/people/factor.ts'
import type { Queryable } from '../queryable.ts'

/** What is asked of everybody who signs in. */
export interface SignInPolicy {
  secondFactor: SecondFactorPolicy
  changedAt: Date | null
  changedBy: string | null
}

/** The policy of now. */
export async function readSignInPolicy(on: Queryable): Promise<SignInPolicy> {
  const { rows } = await on.query<SignInPolicy>(
    'select second_factor as "secondFactor", changed_at as "changedAt", changed_by as "changedBy" from sign_in_policy',
  )
  return rows[0] ?? { secondFactor: 'optional', changedAt: null, changedBy: null }
}

/** Sets the policy; it counts from the next request of everybody. */
export async function writeSignInPolicy(tx: Queryable, secondFactor: SecondFactorPolicy, by: string): Promise<void> {
  await tx.query('update sign_in_policy set second_factor = $1, changed_at = now(), changed_by = $2', [
    secondFactor,
    by,
  ])
}
