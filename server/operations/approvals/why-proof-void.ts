import type { Queryable } from '#server/store/queryable.ts'

/** What proved an approval, and who asked for what was approved. */
export interface ProofGiven {
  factorId: string
  /** Of the person or token that asks. */
  requesterId: string
}

/**
 * Why a factor proves no second person to whoever asks, or none any more; null = it does. Who vouches for a factor says whose it is: where that is whoever
 * asks, it may be in their own hand, and so may one that its owner vouched for by such a factor.
 */
export async function whyProofVoid(on: Queryable, { factorId, requesterId }: ProofGiven): Promise<string | null> {
  const { rows } = await on.query<FactorSeen>(
    `with asker as (
       select email from app_user where id::text = $2
       union select u.email from api_token t join app_user u on u.id = t.owner_id where t.id::text = $2
     )
     select p.email as owner, f.removed_at is null and f.vouched_at is not null as "isStanding",
            (select a.email from asker a
              where a.email = f.vouched_by
                 or (f.vouched_by = p.email and exists (
                       select from factor o where o.user_id = f.user_id and o.vouched_by = a.email))) as "voucherWhoAsks"
       from factor f join app_user p on p.id = f.user_id where f.id::text = $1`,
    [factorId, requesterId],
  )
  const [seen] = rows
  if (!seen?.isStanding) return 'The factor that proved it was removed since.'
  const { owner, voucherWhoAsks } = seen
  if (voucherWhoAsks === null) return null
  return `${voucherWhoAsks}, who asks for this, vouched for the factor that proves ${owner}: that would be both persons in one. Somebody has to approve it for whom another administrator vouched.`
}

interface FactorSeen {
  owner: string
  isStanding: boolean
  voucherWhoAsks: string | null
}
