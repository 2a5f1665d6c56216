import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import { disputedSentence, goneCheckpoint } from '#domain/audit-chain/why-disputed.ts'
import { sendCheckpoint } from '#server/adapters/witness/send-checkpoint.ts'
import type { WitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { hasCheckpoint, whyNotHeld, whyNotLedTo } from '#server/audit/held-against.ts'
import { type AuditWitness, keepWitness, witnessesOf } from '#server/audit/witnesses.ts'
import { type Loop, startLoop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { AuditWitnesses } from './audit-witnesses.ts'
import { tellAllClusters } from './tell-all-clusters.ts'

const everyMs = 30_000

export interface Checkpointing {
  store: Store
  witnesses: AuditWitnesses
  addresses: readonly WitnessAddress[]
  log: Log
  signal: AbortSignal
}

type Sending = Pick<Checkpointing, 'store' | 'log'> & { now: Date }

/** Looks every half minute whether a checkpoint of the audit log is due, and sends it to those who keep it. */
export function startSigningCheckpoints(given: Checkpointing): Loop {
  return startLoop({
    name: 'checkpoints',
    log: given.log,
    signal: given.signal,
    beatMs: () => everyMs,
    look: async () => {
      await signAndSend(given, new Date()).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
      })
    },
  })
}

/**
 * Signs what is due, and sends the newest to every address that does not hold it yet; what does not arrive is sent again at the next look. What an
 * address holds is held against the log first: where they contradict each other, it is sent nothing newer, and that is told.
 */
export async function signAndSend(
  { store, witnesses, addresses, log }: Omit<Checkpointing, 'signal'>,
  now: Date,
): Promise<void> {
  const { newest, problem, gone } = await witnesses.sign(now)
  const sending = { store, log, now }
  for (const sentence of [problem, gone]) if (sentence !== null) await tell(sentence, sending)
  const held = addresses.length === 0 ? [] : await witnessesOf(store.pool)
  await Promise.all(
    addresses.map((address) =>
      attend(address, held.find(({ name }) => name === address.name) ?? null, newest, sending),
    ),
  )
}

async function attend(
  address: WitnessAddress,
  before: AuditWitness | null,
  newest: Checkpoint | null,
  sending: Sending,
): Promise<void> {
  const { pool } = sending.store
  if (before !== null) {
    const isLate = newest !== null && before.seq < newest.seq
    const why = await (isLate ? whyNotLedTo(pool, before, newest) : whyNotHeld(pool, before))
    if (why !== null) {
      await dispute(before, why, sending)
      return
    }
    if (!(await hasCheckpoint(pool, before))) await tell(goneCheckpoint({ seq: before.seq, by: before.name }), sending)
    if (!isLate && before.problem === null) return
  }
  if (newest !== null && newest.seq >= (before?.seq ?? 0)) await send(address, newest, { ...sending, before })
}

async function send(
  address: WitnessAddress,
  checkpoint: Checkpoint,
  { store, log, now, before }: Sending & { before: AuditWitness | null },
): Promise<void> {
  const { name } = address
  try {
    await sendCheckpoint(address, checkpoint)
    const { seq, hash } = checkpoint
    await keepWitness(store.pool, { name, seq, hash, problem: null, isDisputed: false }, now)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    log.warn({ problem }, 'a checkpoint of the audit log was not sent')
    if (before) await keepWitness(store.pool, { ...before, problem, isDisputed: false }, now)
  }
}

/** What it holds stays as it is: it is the proof. */
async function dispute(before: AuditWitness, problem: string, { store, log, now }: Sending): Promise<void> {
  const { name } = before
  const sentence = disputedSentence({ by: name, why: problem, copy: `what ${name} holds` })
  log.error({ witness: name, problem }, 'the audit log is disputed')
  await inTransaction(store, async (tx) => {
    const { isNews } = await keepWitness(tx, { ...before, problem, isDisputed: true }, now)
    if (isNews) await tellAllClusters(tx, { kind: 'audit-log-disputed', at: now, severity: 'critical', sentence })
  })
}

async function tell(sentence: string, { store, log, now }: Sending): Promise<void> {
  log.error({ problem: sentence }, 'the audit log is not as it was signed')
  await inTransaction(store, (tx) =>
    tellAllClusters(tx, { kind: 'audit-log-disputed', at: now, severity: 'critical', sentence }),
  )
}
