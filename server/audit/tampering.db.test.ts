import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkExport, type ExportChecks, type KeptCheckpoint } from '#domain/audit-chain/check-export.ts'
import { checkpointText } from '#domain/audit-chain/checkpoint.ts'
import { inTransaction } from '#server/store/open.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { signCheckpoint } from './checkpoints.ts'
import { exportAudit } from './export.ts'
import { isSigned, readPublicKey } from './is-signed.ts'
import { recordAudit } from './record.ts'
import { asSuperuser, edited, hashOf } from './testing/remake-chain.ts'
import { sha256 } from './sha256.ts'
import { verifyAudit } from './verify.ts'
import { keepWitness } from './witnesses.ts'

const forgotten = 'delete from audit_checkpoint; delete from audit_witness'

/** The first record that is wrong, as each finds it; null = it finds nothing. */
interface Found {
  inStore: number | null
  fromExport: number | null
  withWitness: number | null
}

const nowhere: Found = { inStore: null, fromExport: null, withWitness: null }
const everywhere = (seq: number): Found => ({ inStore: seq, fromExport: seq, withWitness: seq })

// What a superuser of the store can do to its ten records.
const acts: readonly [string, string, Found][] = [
  // An export holds what was hashed: what is only listed otherwise never comes into it.
  [
    'a record is edited as it is listed',
    `update audit_event set actor_name = 'Eve' where seq = 5`,
    { ...nowhere, inStore: 5 },
  ],
  [
    'a record is edited as it was hashed',
    `update audit_event set canonical = replace(canonical, 'Ada', 'Eve') where seq = 5`,
    everywhere(5),
  ],
  ['a record is edited, its text and hash too', edited(5, false), everywhere(6)],
  ['a record is edited, and every hash behind it made anew', edited(5, true), everywhere(1)],
  ['the first record is deleted', 'delete from audit_event where seq = 1', everywhere(1)],
  ['a record is deleted', 'delete from audit_event where seq = 6', everywhere(6)],
  ['a record is deleted, and the numbers behind it closed up', closedUp(6), everywhere(6)],
  ['a record is inserted, and the numbers behind it moved', inserted(4, false), everywhere(4)],
  ['a record is inserted with a hash that fits', inserted(4, true), everywhere(5)],
  ['two records change places', swapped(2, 3), everywhere(2)],
  ['the last two records change places', swapped(9, 10), everywhere(9)],
  ['the tail is cut', 'delete from audit_event where seq > 7', everywhere(8)],
  ['the tail is cut, and the head put back', cut(7), everywhere(8)],
  [
    'the tail is cut, the head put back, the checkpoints gone',
    `${cut(7)}; ${forgotten}`,
    { ...nowhere, withWitness: 8 },
  ],
  ['all records are gone, as if nothing had been', `${cut(0)}; ${forgotten}`, { ...nowhere, withWitness: 1 }],
]

let home: string
let key: SigningKey
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-tampering-'))
  key = loadSigningKey(home)
})
afterAll(() => rmSync(home, { recursive: true }))

test.each(acts)('%s: the first bad record is named, in the store and from an export of it', async (_, sql, found) => {
  await using store = await openTestStore()
  const witness = await prepare(store)
  await asSuperuser(store, sql)
  const exported = await exportOf(store)
  const proofs = {
    inStore: await verifyAudit(store, 4),
    fromExport: await prove(exported, []),
    withWitness: await prove(exported, [witness]),
  }
  expect({
    inStore: firstBadIn(proofs.inStore),
    fromExport: firstBadIn(proofs.fromExport),
    withWitness: firstBadIn(proofs.withWitness),
  }).toEqual(found)
  for (const proof of Object.values(proofs))
    expect(sentenceOf(proof)).toMatch(/^$|record \d+ is the first that is wrong/)
})

type Proof = { ok: true } | { ok: false; firstBad: number | null; sentence: string }

function firstBadIn(proof: Proof): number | null {
  return proof.ok ? null : proof.firstBad
}

function sentenceOf(proof: Proof): string {
  return proof.ok ? '' : proof.sentence
}

async function prepare(store: TestStore): Promise<KeptCheckpoint> {
  await publishSigningKey(store, key, null)
  for (let n = 1; n <= 10; n++) {
    await inTransaction(store, (tx) =>
      recordAudit(tx, {
        actor: { id: null, name: 'Ada', kind: 'user' },
        action: 'users.create',
        target: `person ${n}`,
        cluster: null,
        reason: 'a new colleague',
        outcome: 'done',
        operationId: null,
        detail: { n },
      }),
    )
  }
  const { newest: checkpoint } = await signCheckpoint(store, key.privateKey, new Date())
  if (checkpoint === null) throw new Error('No checkpoint was signed.')
  const { seq, hash } = checkpoint
  const kept = { name: 'pg-node-2 of main', seq, hash, problem: null, isDisputed: false }
  await keepWitness(store.pool, kept, new Date())
  return { ...checkpoint, by: 'pg-node-2.jsonl' }
}

async function exportOf(store: TestStore): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportAudit(store, {}, new Date())) lines.push(line.replace(/\n$/, ''))
  return lines
}

const checks: ExportChecks = {
  sha256,
  fingerprintOf: (publicKey) => `SHA256:${sha256(publicKey)}`,
  isSigned: (text, signature, publicKey) => {
    const [, seq, hash = '', at = ''] = text.split('\n')
    const checkpoint = { seq: Number(seq), hash, at, signature }
    return checkpointText(checkpoint) === text && isSigned(checkpoint, readPublicKey(publicKey))
  },
}

function prove(lines: string[], witnessed: KeptCheckpoint[]) {
  return checkExport(lines, { witnessed, publicKey: key.publicKey }, checks)
}

function closedUp(seq: number): string {
  return `delete from audit_event where seq = ${seq};
    update audit_event set seq = -seq where seq > ${seq};
    update audit_event set seq = -seq - 1 where seq < 0;
    update audit_head set seq = seq - 1`
}

function inserted(seq: number, fits: boolean): string {
  const hash = fits ? hashOf('b.hash', 'made.canonical') : 'b.hash'
  return `update audit_event set seq = -seq where seq >= ${seq};
    update audit_event set seq = -seq + 1 where seq < 0;
    insert into audit_event
      select ${seq}, b.at, b.actor_id, 'Eve', b.actor_kind, b.action, b.target, b.cluster_id, b.cluster_name, b.reason, b.outcome,
        b.operation_id, b.detail, made.canonical, b.hash, ${hash}
      from audit_event b, lateral (
        select jsonb_set(jsonb_set(b.canonical::jsonb, '{actorName}', '"Eve"'), '{seq}', '${seq}')::text as canonical
      ) made where b.seq = ${seq - 1};
    update audit_head set seq = seq + 1`
}

function swapped(one: number, other: number): string {
  return `update audit_event set seq = case seq when ${one} then -${other} else -${one} end where seq in (${one}, ${other});
    update audit_event set seq = -seq where seq < 0`
}

function cut(last: number): string {
  return `delete from audit_event where seq > ${last};
    update audit_head set seq = ${last}, hash = coalesce((select hash from audit_event where seq = ${last}), repeat('0', 64))`
}
