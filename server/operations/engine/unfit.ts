import { formatDuration } from '#domain/format.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { isLeadPlan } from '#domain/plan/plan.ts'
import type { End } from './end.ts'
import { startWithinMs } from './start-within.ts'

/** Nobody took it up in time. */
export function tooLate(operation: Operation): End {
  return { state: 'unknown', outcome: notTakenUp(operation, startWithinMs(operation)), result: null }
}

/** The same in a sentence, by how long it was waited, ms. */
export function notTakenUp({ clusterName }: Pick<Operation, 'clusterName'>, waitedMs: number): string {
  return `No worker took this up within ${formatDuration(waitedMs)} of the request. Nothing was sent to ${clusterName}, and nothing will be: ask again if it is still wanted.`
}

/** Its plan is not the one that was asked for. */
export function tamperedWith(operation: Operation): End {
  return {
    state: 'unknown',
    outcome: `The plan was changed after it was asked for, so it is not carried out any further. See ${whatShows(operation)}, and who can write to the console's store.`,
    result: null,
  }
}

/** Another version of the console asked for it. */
export function notUnderstood(operation: Operation): End {
  const wasBegun = operation.steps.some((step) => step.startedAt !== null)
  const reason = `This worker does not know the operation ${operation.kind} in version ${operation.plan.version}: it was asked for with another version of the console.`
  if (!wasBegun) return { state: 'refused', outcome: `${reason} Nothing was done.`, result: null }
  return {
    state: 'unknown',
    outcome: `${reason} It had been begun: see ${whatShows(operation)} before you act.`,
    result: null,
  }
}

/** Its steps are not those of its plan. */
export function otherSteps(operation: Operation): End {
  return writtenOtherwise(operation, 'The steps that were written down for it are not those of its plan.')
}

/** It stands under another cluster than its plan is for, or in another lane. */
export function otherPlace(operation: Operation): End {
  return writtenOtherwise(operation, 'The plan is not for the cluster or the lane that it was written down under.')
}

function writtenOtherwise(operation: Operation, reason: string): End {
  const wasBegun = operation.steps.some((step) => step.startedAt !== null)
  const who = "See who can write to the console's store."
  if (!wasBegun) return { state: 'refused', outcome: `${reason} Nothing was done. ${who}`, result: null }
  return { state: 'unknown', outcome: `${reason} It had been begun: see ${whatShows(operation)}. ${who}`, result: null }
}

/** Where it shows what an operation has done. */
function whatShows({ plan, clusterName }: Operation): string {
  if (isLeadPlan(plan)) return `who leads ${clusterName}`
  if (plan.kind === 'restore')
    return `on each node of ${clusterName} whether Patroni is masked (systemctl is-enabled) and what runs, whether pgBouncer takes clients, and who leads`
  if (plan.kind === 'release-kept-data') return `which data folders are kept beside the live ones on each node`
  if (plan.kind === 'reinitialise') return `how ${plan.member} stands (patronictl list), and what its Patroni logs`
  if (plan.kind === 'signal-backend')
    return `in pg_stat_activity on ${plan.member} whether pid ${plan.pid} is still there`
  if (plan.kind === 'pooler-pause' || plan.kind === 'pooler-command')
    return `how the poolers stand on ${plan.nodes.join(', ')}`
  if (plan.kind === 'haproxy-command') return `on HAProxy's statistics page how ${plan.proxy}/${plan.server} stands`
  if (plan.kind === 'remove-cluster') return `whether ${plan.clusterName} is registered still`
  if (plan.kind === 'rehearsal') return `whether a rehearsal still runs on ${plan.node}`
  return `what pgbackrest info lists on ${plan.node}`
}
