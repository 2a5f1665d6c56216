import { setTimeout as sleep } from 'node:timers/promises'
import { formatInstant } from '#domain/format.ts'
import { AppError } from '#server/errors.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import {
  findWorker,
  raiseEpochs,
  retireWorker,
  takeName,
  type StoredWorker,
  type WorkerIdentity,
} from '#server/store/workers.ts'
import { overdueMs } from './heartbeat.ts'
import { hasEnded } from './worker-identity.ts'

/**
 * Puts this process under its worker's name and fences off whatever ran under it before. A process of before that has
 * certainly ended is replaced at once, one that is merely silent after the time in which others would take over. Throws
 * AppError `conflict` while another process lives under the name.
 */
export async function startUnderName(store: Store, self: WorkerIdentity): Promise<void> {
  const first = await findWorker(store.pool, self.executorId)
  for (;;) {
    const present = await inTransaction(store, async (tx) => {
      const found = await findWorker(tx, self.executorId, 'locked')
      if (found && mayLive(found, self)) return found
      await takeName(tx, self)
      await raiseEpochs(tx, self.executorId)
      return null
    })
    if (present === null) return
    const isBeating = present.bootId !== first?.bootId || present.heartbeatAt > first.heartbeatAt
    if (isBeating) throw nameTaken(present)
    await sleep(500)
  }
}

/** Gives the name up, and with it all operations this process runs: others may take them over at once. */
export async function leaveName(store: Store, self: WorkerIdentity): Promise<void> {
  await inTransaction(store, async (tx) => {
    const worker = await findWorker(tx, self.executorId, 'locked')
    if (worker?.bootId === self.bootId && worker.state === 'live') await retireWorker(tx, self.executorId, 'stopped')
  })
}

function mayLive(worker: StoredWorker, self: WorkerIdentity): boolean {
  if (worker.state !== 'live' || worker.bootId === self.bootId) return false
  return worker.silentMs < overdueMs && !hasEnded(worker, self)
}

function nameTaken({ executorId, pid, host, startedAt }: StoredWorker): AppError {
  const machine = host.split('#')[0]
  return new AppError(
    'conflict',
    `Another process (pid ${pid} on ${machine}, since ${formatInstant(startedAt)}) works under the name ${executorId}. Give this one another MATRIARCH_WORKER_ID, or stop that one.`,
  )
}
