import { setTimeout as sleep } from 'node:timers/promises'
import { AlertEngine } from '#server/alerts/engine.ts'
import type { ChangesListener } from '#server/alerts/keep-moves.ts'
import { watchOverAlerts } from '#server/alerts/watchdog.ts'
import type { Sample } from '#domain/samples/metrics.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'

/** What a collector tells of its cluster. */
interface Collecting {
  access: { cluster: { id: string; name: string } }
  current(): Snapshot | null
  stack(): StackView | null
  samples(): readonly Sample[]
}

export interface AlertWatch {
  store: Store
  executorId: string
  fleet: { collectors(): readonly Collecting[] }
  /** Hears what began and ended, in the transaction that keeps it; absent = nobody is told. */
  onChanges?: ChangesListener
  log: Log
  signal: AbortSignal
}

/** Looks after the alerts of the clusters that this worker looks at, and sees to it that somebody does for all others. */
export function startWatchingAlerts({ fleet, onChanges, ...given }: AlertWatch): AlertEngine {
  const engine = new AlertEngine({
    ...given,
    onChanges: onChanges ?? null,
    watched: () =>
      fleet.collectors().map((collector) => ({
        clusterId: collector.access.cluster.id,
        clusterName: collector.access.cluster.name,
        seen() {
          const snapshot = collector.current()
          return snapshot && { snapshot, stack: collector.stack(), samples: collector.samples() }
        },
      })),
  })
  engine.start()
  void watchAll(given, onChanges ?? null)
  return engine
}

/** Well within the minute after which alerts count as standing still. */
const watchMs = 15_000

async function watchAll({ store, log, signal }: Omit<AlertWatch, 'fleet'>, onChanges: ChangesListener | null) {
  while (!signal.aborted) {
    await sleep(watchMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    await watchOverAlerts(store, onChanges, new Date()).catch((error: unknown) => {
      // Without the store nobody could be told either; the page itself shows that it is away.
      if (!(error instanceof AppError)) log.error({ error }, 'Whether alerts stand still could not be looked up.')
    })
  }
}
