import { graceMs } from '#domain/backup/due-runs.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { scheduleActor } from '../request/actor.ts'

/** An operation waits for a worker no longer than this: nobody expects a switchover an hour after the click. */
export const clickWaitsMs = 120_000

/** How long after its request an operation may still begin, ms: what a schedule asked for as late as a run of it that nobody asked for yet. */
export function startWithinMs({ requestedBy }: Pick<Operation, 'requestedBy'>): number {
  return requestedBy.id === scheduleActor.id ? graceMs : clickWaitsMs
}
