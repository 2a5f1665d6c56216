import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import type { ChainFault } from '#domain/audit-chain/link.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { findSigningKey } from '#server/store/signing-key.ts'
import { isSigned, readPublicKey } from './is-signed.ts'

/** What is wrong with the checkpoints themselves; null where the workers signed each. The chain up to one that is forged is not vouched for. */
export async function checkpointFault(on: Queryable, checkpoints: readonly Checkpoint[]): Promise<ChainFault | null> {
  if (checkpoints.length === 0) return null
  const published = await findSigningKey(on)
  const key = published === null ? null : readPublicKey(published)
  let good = 0
  for (const each of checkpoints) {
    if (key === null || !isSigned(each, key)) {
      return { firstBad: good + 1, why: `the checkpoint at record ${each.seq} is not signed by the workers' key` }
    }
    good = each.seq
  }
  return null
}
