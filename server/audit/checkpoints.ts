import { type KeyObject, sign } from 'node:crypto'
import { type Checkpoint, checkpointText } from '#domain/audit-chain/checkpoint.ts'
import type { Witnessed } from '#domain/audit-chain/against-checkpoints.ts'
import { contradicted, goneCheckpoint } from '#domain/audit-chain/why-disputed.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { hasCheckpoint, whyNotHeld, whyNotLedTo } from './held-against.ts'
import { witnessesOf } from './witnesses.ts'

/** How far the chain is signed. */
export interface SigningStand {
  /** The newest checkpoint; null while there is no record. */
  newest: Checkpoint | null
  /** Why nothing is signed: what was signed before does not lead to where the chain now ends. */
  problem: string | null
  /** What was signed before and is not in the store any more, though the chain still agrees with it. */
  gone: string | null
}

/** A checkpoint is signed this long after the one before, in ms, or this many records after it. */
export const checkpointEvery = { ms: 300_000, records: 1_000 }

/**
 * Signs how far the chain has come where that is due, and only where each record follows from what was signed before: by the store, by `own`, which
 * is what this worker remembers, and where the store has no checkpoint any more by what witnesses keep.
 */
export async function signCheckpoint(
  store: Store,
  privateKey: KeyObject,
  now: Date,
  own: Checkpoint | null = null,
): Promise<SigningStand> {
  return inTransaction(store, async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('matriarch audit checkpoint'))")
    const last = await newestCheckpoint(tx)
    const { rows } = await tx.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
    const head = rows[0]
    const before = await signedBefore(tx, last, own)
    const gone = await whatIsGone(tx, before)
    if (head === undefined) return { newest: last, problem: 'The end of the audit log is not known any more.', gone }
    const due = isDue(head, last, now)
    for (const { by, ...end } of before) {
      const why = await (due ? whyNotLedTo(tx, end, head) : whyNotHeld(tx, end))
      if (why !== null) return { newest: last, problem: contradicted(by, why), gone: null }
    }
    if (!due) return { newest: last, problem: null, gone }
    const unsigned = { seq: head.seq, hash: head.hash, at: now.toISOString() }
    const signature = sign(null, Buffer.from(checkpointText(unsigned)), privateKey).toString('base64')
    await tx.query('insert into audit_checkpoint (seq, hash, at, signature) values ($1, $2, $3, $4)', [
      unsigned.seq,
      unsigned.hash,
      unsigned.at,
      signature,
    ])
    return { newest: { ...unsigned, signature }, problem: null, gone }
  })
}

/** Each once, with who says so. */
async function signedBefore(on: Queryable, last: Checkpoint | null, own: Checkpoint | null): Promise<Witnessed[]> {
  const others = last === null ? await witnessesOf(on) : []
  const all = [
    ...(last ? [{ ...last, name: 'the newest checkpoint' }] : []),
    ...(own ? [{ ...own, name: 'this worker' }] : []),
    ...others,
  ]
  const byEnd = new Map(all.toReversed().map(({ seq, hash, name }) => [`${seq} ${hash}`, { seq, hash, by: name }]))
  return [...byEnd.values()]
}

async function whatIsGone(on: Queryable, before: readonly Witnessed[]): Promise<string | null> {
  for (const each of before.toSorted((a, b) => b.seq - a.seq)) {
    if (!(await hasCheckpoint(on, each))) return goneCheckpoint(each)
  }
  return null
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
