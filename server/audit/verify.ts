import type pg from 'pg'
import { AgainstCheckpoints } from '#domain/audit-chain/against-checkpoints.ts'
import { canonicalText } from '#domain/audit-chain/canonical-text.ts'
import { brokenChainSentence, type ChainFault, chainStart, linkFault } from '#domain/audit-chain/link.ts'
import { goneCheckpoint } from '#domain/audit-chain/why-disputed.ts'
import type { Store } from '#server/store/open.ts'
import { checkpointFault } from './checkpoint-fault.ts'
import { keptByStore } from './checkpoints.ts'
import { type AuditWitness, witnessesOf } from './witnesses.ts'
import { type ChainRow, readAfter } from './read-chain.ts'
import { inOneView } from './in-one-view.ts'
import { sha256 } from './sha256.ts'

export type AuditProof =
  | {
      ok: true
      records: number
      /** Hash of the last record: note it down elsewhere to recognise a chain made anew. */
      head: string
      /** Signed checkpoints that the chain was held against. */
      checkpoints: number
      /** Who else holds such a checkpoint, and up to which record. */
      witnesses: AuditWitness[]
      /** Signed checkpoints that a witness keeps and the store does not have any more. */
      gone: string[]
    }
  | { ok: false; firstBad: number; sentence: string }

/** Walks the whole audit chain, and holds it against the checkpoints signed of it; names the first record that was changed, removed, inserted or moved. */
export async function verifyAudit(store: Store, batch = 2_000): Promise<AuditProof> {
  return inOneView(store, (reader) => walk(reader, batch))
}

async function walk(reader: pg.PoolClient, batch: number): Promise<AuditProof> {
  const { rows: heads } = await reader.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
  const checkpoints = await keptByStore(reader)
  const unsigned = await checkpointFault(reader, checkpoints)
  if (unsigned) return bad(unsigned)
  const witnesses = await witnessesOf(reader)
  const kept = new AgainstCheckpoints([
    ...checkpoints.map((each) => ({ ...each, by: 'a signed checkpoint' })),
    ...witnesses.map((each) => ({ ...each, by: each.name })),
  ])
  let last = chainStart
  let coming = readAfter(reader, last.seq, batch)
  for (;;) {
    const rows = await coming
    // The store makes the next while these are proven: numbers follow each other, or the chain is not whole.
    coming = rows.length < batch ? Promise.resolve([]) : readAfter(reader, last.seq + batch, batch)
    coming.catch(() => {})
    for (const row of rows) {
      const end = { seq: row.seq, hash: row.hash }
      const fault = linkFault(row, last, sha256) ?? columnFault(row) ?? kept.fault(end)
      if (fault) {
        await coming.catch(() => [])
        return bad(fault)
      }
      last = end
    }
    if (rows.length < batch) break
  }
  const head = heads[0]
  if (!head) return bad({ firstBad: last.seq + 1, why: 'the end of the chain is not known any more' })
  if (head.seq > last.seq)
    return bad({ firstBad: last.seq + 1, why: `the chain ended at record ${head.seq} and was cut off` })
  if (head.seq < last.seq) return bad({ firstBad: head.seq + 1, why: 'it was added behind the end of the chain' })
  if (head.hash !== last.hash) return bad({ firstBad: last.seq, why: 'it is not the record that was written last' })
  const cut = kept.faultAtEnd(last)
  if (cut) return bad(cut)
  const gone = witnesses
    .filter(({ seq, hash }) => !checkpoints.some((each) => each.seq === seq && each.hash === hash))
    .map(({ seq, name }) => goneCheckpoint({ seq, by: name }))
  return { ok: true, records: last.seq, head: last.hash, checkpoints: checkpoints.length, witnesses, gone }
}

function bad(fault: ChainFault): AuditProof {
  return { ok: false, firstBad: fault.firstBad, sentence: brokenChainSentence(fault) }
}

// The hash covers the canonical text; people read the columns. All versions of Postgres write a jsonb in one and the same form.
function columnFault(row: ChainRow): ChainFault | null {
  if (canonicalText(row) === row.canonical) return null
  return { firstBad: row.seq, why: 'its columns differ from what was hashed' }
}
