import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import type { WorkerIdentity } from '#server/store/workers.ts'
import type { AccessTo } from '../operation-access.ts'
import type { DebugPoint } from './debug-point.ts'

/** What operations need of the worker that runs them. */
export interface OperationSurroundings {
  store: Store
  worker: WorkerIdentity
  accessTo: AccessTo
  log: Log
  now: () => Date
  debugPoint: DebugPoint
  /** Called when this process finds that it was declared dead: it must end itself. */
  onFenced: () => void
}
