import { exportAudit } from '#server/audit/export.ts'
import { sha256 } from '#server/audit/sha256.ts'
import { recordAudit, type AuditEntry } from '#server/audit/record.ts'
import { verifyAudit } from '#server/audit/verify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { checkExport } from '#domain/audit-chain/check-export.ts'
import { withBenchStore } from './bench-store.ts'
import { report } from './report.ts'
import { median, round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const rounds = 9
const actsARound = 300
const limit = 1.3
const records = 200_000
const appendsAtOnce = 100
const proofs = 5
const wantedASecond = 100_000

/** What the chain adds to an act that is written down, against a row without one in the same store; and how fast a log is proven. */
export async function audit(stopping: AbortSignal): Promise<void> {
  await withBenchStore((store) => unlessStopped(measure(store), stopping))
}

async function measure(store: Store): Promise<void> {
  await store.pool.query('create table unchained as select * from audit_event limit 0')
  await store.pool.query('create sequence unchained_seq')
  await store.pool.query('alter table unchained add primary key (seq)')
  for (const columns of ['cluster_id, seq desc', 'actor_name, seq desc', 'action, seq desc', 'operation_id']) {
    await store.pool.query(`create index on unchained (${columns})`)
  }
  const took = { chained: [] as number[], unchained: [] as number[] }
  const sides = { chained: writeChained, unchained: writeUnchained }
  for (let n = 0; n <= rounds; n++) {
    const order = n % 2 === 0 ? (['chained', 'unchained'] as const) : (['unchained', 'chained'] as const)
    for (const side of order) {
      const beganAt = performance.now()
      for (let act = 0; act < actsARound; act++) await sides[side](store, entryOf(act))
      // The first round warms both up.
      if (n > 0) took[side].push((performance.now() - beganAt) / actsARound)
    }
  }
  const [chainedMs, unchainedMs] = [median(took.chained), median(took.unchained)]
  const ratio = round(chainedMs / unchainedMs, 3)
  report({
    bench: 'audit',
    of: 'an act',
    chainedMs: round(chainedMs, 3),
    unchainedMs: round(unchainedMs, 3),
    ratio,
    limit,
    isWithin: ratio <= limit,
  })
  await fill(store)
  await verifyOnline(store)
  await verifyOffline(store)
}

async function writeChained(store: Store, entry: AuditEntry): Promise<void> {
  await inTransaction(store, (tx) => recordAudit(tx, entry))
}

/** The same row without number, lock and hashes. */
async function writeUnchained(
  store: Store,
  { actor, action, target, reason, outcome, detail }: AuditEntry,
): Promise<void> {
  await inTransaction(store, (tx) =>
    tx.query(
      `insert into unchained values (nextval('unchained_seq'), clock_timestamp(), $1, $2, $3, $4, $5, null, null, $6, $7, null, $8, $8::jsonb::text, '', '')`,
      [actor.id, actor.name, actor.kind, action, target, reason, outcome, JSON.stringify(detail)],
    ),
  )
}

function entryOf(n: number): AuditEntry {
  return {
    actor: { id: '00000000-0000-4000-8000-000000000001', name: 'Ada Lovelace', kind: 'user' },
    action: 'switchover.request',
    target: `orders ${n}`,
    cluster: null,
    reason: 'kernel update of pg-node-1',
    outcome: 'requested',
    operationId: null,
    detail: { plan: { kind: 'switchover', from: 'pg-node-1', to: 'pg-node-2', expectedOutageMs: 2_400 }, n },
  }
}

/** Few at a time: within one transaction each append has to step over what the ones before left of the head. */
async function fill(store: Store): Promise<void> {
  for (let from = 1; from <= records; from += appendsAtOnce) {
    await store.pool.query(
      `select count(audit_append('u', 'Ada Lovelace', 'user', 'switchover.request', 'orders ' || n, null, null, 'kernel update', 'requested', null,
         jsonb_build_object('plan', jsonb_build_object('kind', 'switchover', 'to', 'pg-node-2'), 'n', n)))
       from generate_series($1::int, $2::int) as n`,
      [from, from + appendsAtOnce - 1],
    )
  }
}

async function verifyOnline(store: Store): Promise<void> {
  await tellSpeed('the store', () => verifyAudit(store))
}

async function verifyOffline(store: Store): Promise<void> {
  const lines: string[] = []
  for await (const line of exportAudit(store, {}, new Date())) lines.push(line.trimEnd())
  const nobody = { witnessed: [], publicKey: null }
  await tellSpeed('an export', () =>
    checkExport(lines, nobody, { sha256, isSigned: () => false, fingerprintOf: String }),
  )
}

type Proof = { ok: true; records: number } | { ok: false; sentence: string }

/** The median of several proofs of the same log; the first warms up. */
async function tellSpeed(of: string, prove: () => Promise<Proof>): Promise<void> {
  const clock: number[] = []
  const core: number[] = []
  let proven = 0
  for (let n = 0; n <= proofs; n++) {
    const before = process.cpuUsage()
    const beganAt = performance.now()
    const proof = await prove()
    const wallMs = performance.now() - beganAt
    const { user, system } = process.cpuUsage(before)
    if (!proof.ok) throw new Error(proof.sentence)
    proven = proof.records
    if (n === 0) continue
    clock.push((proven / wallMs) * 1_000)
    core.push((proven / (user + system)) * 1_000_000)
  }
  const perSecondAndCore = Math.round(median(core))
  report({
    bench: 'audit',
    of,
    records: proven,
    proofs,
    perSecond: Math.round(median(clock)),
    perSecondAndCore,
    wantedASecond,
    isWithin: perSecondAndCore >= wantedASecond,
  })
}
