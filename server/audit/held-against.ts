import { type ChainEnd, type ChainFault, type ChainLink, linkFault } from '#domain/audit-chain/link.ts'
import { whyDisputed, whyNotFollowing } from '#domain/audit-chain/why-disputed.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { sha256 } from './sha256.ts'

const batch = 2_000

/** What speaks against the chain where somebody keeps the hash of one of its records; null where it has that record with that hash. */
export async function whyNotHeld(on: Queryable, kept: ChainEnd): Promise<string | null> {
  const { rows } = await on.query<{ hash: string | null; end: number }>(
    `select (select hash from audit_event where seq = $1) as hash,
            coalesce((select seq from audit_event order by seq desc limit 1), 0) as end`,
    [kept.seq],
  )
  return whyDisputed(kept, rows[0]?.hash ?? null, rows[0]?.end ?? 0)
}

/**
 * The same for the chain from there up to `to`, record by record: what it does not speak against follows from what is kept, whatever is done to
 * the store while it is read.
 */
export async function whyNotLedTo(on: Queryable, kept: ChainEnd, to: ChainEnd): Promise<string | null> {
  const away = await whyNotHeld(on, kept)
  if (away !== null) return away
  const fault = await faultBetween(on, kept, to)
  return fault && whyNotFollowing(kept, fault)
}

async function faultBetween(on: Queryable, from: ChainEnd, to: ChainEnd): Promise<ChainFault | null> {
  let last = from
  while (last.seq < to.seq) {
    const { rows } = await on.query<ChainLink>(
      `select seq, canonical, previous_hash as "previousHash", hash from audit_event
        where seq > $1 and seq <= $2 order by seq limit ${batch}`,
      [last.seq, to.seq],
    )
    for (const link of rows) {
      const fault = linkFault(link, last, sha256)
      if (fault) return fault
      last = { seq: link.seq, hash: link.hash }
    }
    if (rows.length === 0) return { firstBad: last.seq + 1, why: 'it is missing' }
  }
  if (last.hash === to.hash) return null
  return { firstBad: to.seq, why: 'the end of the log has another hash for it' }
}

/** True where the store has the checkpoint that somebody keeps. */
export async function hasCheckpoint(on: Queryable, { seq, hash }: ChainEnd): Promise<boolean> {
  const { rows } = await on.query('select from audit_checkpoint where seq = $1 and hash = $2', [seq, hash])
  return rows.length > 0
}
