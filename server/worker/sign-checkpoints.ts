import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import { sendCheckpoint } from '#server/adapters/witness/send-checkpoint.ts'
import type { WitnessAddress } from '#domain/audit-chain/witness-address.ts'
import { keepWitness, witnessesOf } from '#server/audit/checkpoints.ts'
import { type Loop, startLoop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import type { AuditWitnesses } from './audit-witnesses.ts'

const everyMs = 30_000

export interface Checkpointing {
  store: Store
  witnesses: AuditWitnesses
  addresses: readonly WitnessAddress[]
  log: Log
  signal: AbortSignal
}

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

/** Signs what is due, and sends the newest to every address that does not hold it yet; what does not arrive is sent again at the next look. */
export async function signAndSend(
  { store, witnesses, addresses, log }: Omit<Checkpointing, 'signal'>,
  now: Date,
): Promise<void> {
  const newest = await witnesses.sign(now)
  if (newest === null || addresses.length === 0) return
  const held = await witnessesOf(store.pool)
  const late = addresses.filter(({ name }) => {
    const own = held.find((each) => each.name === name)
    return own === undefined || own.seq < newest.seq || own.problem !== null
  })
  await Promise.all(
    late.map((address) =>
      send(address, newest, { store, log, now, before: held.find(({ name }) => name === address.name) }),
    ),
  )
}

async function send(
  address: WitnessAddress,
  checkpoint: Checkpoint,
  {
    store,
    log,
    now,
    before,
  }: { store: Store; log: Log; now: Date; before: Pick<Checkpoint, 'seq' | 'hash'> | undefined },
): Promise<void> {
  const { name } = address
  try {
    await sendCheckpoint(address, checkpoint)
    await keepWitness(store.pool, { name, seq: checkpoint.seq, hash: checkpoint.hash, problem: null }, now)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    log.warn({ problem }, 'a checkpoint of the audit log was not sent')
    if (before) await keepWitness(store.pool, { name, seq: before.seq, hash: before.hash, problem }, now)
  }
}
