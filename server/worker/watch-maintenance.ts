import type pg from 'pg'
import type { ClusterEvent } from '#domain/event.ts'
import { endedSentence, endingSentence, noticeAt, startedSentence } from '#domain/maintenance/ending.ts'
import { endOf } from '#domain/maintenance/window.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { insertEvents } from '#server/store/events.ts'
import {
  isAnyUntold,
  markTold,
  takeUntold,
  type ToldPart,
  type UntoldWindow,
} from '#server/store/maintenance/untold.ts'
import { notifyAll } from '#server/store/notify.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { slowMs, startWokenLoop } from '#server/collector/woken-loop.ts'

/** What tells of windows: a notice that one was made or changed makes it look now. */
export interface MaintenanceWatch {
  hear(notice: { kind: string }): void
}

/** Tells of each maintenance window, once in all workers, that it has begun, that it is about to end and that it has ended. */
export function startWatchingMaintenance({
  store,
  log,
  signal,
  restMs = slowMs,
}: {
  store: Store
  log: Log
  signal: AbortSignal
  restMs?: number
}): MaintenanceWatch {
  const loop = startWokenLoop({
    name: 'maintenance',
    log,
    signal,
    async look() {
      try {
        if (!(await isAnyUntold(store.pool))) return restMs
        await tellMaintenance(store, new Date())
      } catch (error) {
        // Without the store nobody could be told either.
        if (!(error instanceof AppError) || error.code !== 'store-unreachable') throw error
      }
      return beatMs
    },
  })
  return {
    hear({ kind }) {
      // Whoever makes or changes a window tells of the alerts that it mutes.
      if (kind === 'alerts') loop.wake()
    },
  }
}

/** While there are windows that have not ended. */
const beatMs = 5_000

/** Tells what is to be told of all windows by `now`. */
export async function tellMaintenance(store: Store, now: Date): Promise<void> {
  await inTransaction(store, async (tx) => {
    for (const untold of await takeUntold(tx)) await tellOf(tx, untold, now)
  })
}

async function tellOf(tx: pg.PoolClient, untold: UntoldWindow, now: Date): Promise<void> {
  const { window, isStartTold, isEndingTold } = untold
  const hasEnded = endOf(window) <= now
  // Taken back before it began: there is nothing to tell.
  const neverBegan = endOf(window) <= window.startsAt
  if (!isStartTold && !neverBegan)
    await tell(tx, untold, 'start', {
      kind: 'maintenance-started',
      sentence: startedSentence(window),
      at: window.startsAt,
    })
  if (!hasEnded && !isEndingTold && noticeAt(window) <= now)
    await tell(tx, untold, 'ending', { kind: 'maintenance-ending', sentence: endingSentence(window, now), at: now })
  if (!hasEnded) return
  if (neverBegan) return markTold(tx, window.id, 'end')
  await tell(tx, untold, 'end', { kind: 'maintenance-ended', sentence: endedSentence(window), at: endOf(window) })
}

async function tell(
  tx: pg.PoolClient,
  { window, clusters }: UntoldWindow,
  part: ToldPart,
  told: Pick<ClusterEvent, 'kind' | 'sentence' | 'at'>,
): Promise<void> {
  await markTold(tx, window.id, part)
  for (const cluster of clusters) {
    const events = await insertEvents(tx, cluster, [
      {
        ...told,
        member: null,
        severity: part === 'ending' ? 'warning' : 'info',
        from: null,
        to: null,
        sources: ['console'],
      },
    ])
    await notifyAll(tx, [
      // What is told of alerts changes with it.
      { kind: 'alerts', clusterId: cluster.clusterId },
      ...events.map(({ id }) => ({ kind: 'event', clusterId: cluster.clusterId, id }) as const),
    ])
  }
}
