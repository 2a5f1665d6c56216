import { formatDuration } from '#domain/format.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { RestoreResult } from '#domain/recovery/restore-result.ts'
import { listNames } from '#domain/words.ts'
import type { Facts } from '../define.ts'
import { plannedAim } from './aim.ts'
import type { RestoreSoFar } from './facts.ts'

/** The proof of a recovery, from what its steps noted. */
export function resultOf(facts: Facts, plan: RestorePlan): RestoreResult {
  const so = facts.restore ?? {}
  const aim = so.aim ?? plannedAim(plan)
  return {
    kind: 'restore',
    ended: endedOf(facts),
    node: plan.node,
    targetWords: aim.targetWords,
    set: aim.set,
    repository: aim.repository,
    targetTimeline: aim.targetTimeline,
    attempts: Object.values(so.attempts ?? {}),
    timelineBefore: plan.timeline,
    timelineAfter: so.timelineAfter ?? so.newTimeline ?? null,
    systemIdentifier: facts.restoreBefore?.systemIdentifier ?? plan.systemIdentifier,
    members: so.members ?? [],
    keptAside: so.keptAside ?? [],
    newBackup: so.newBackup ?? null,
    archivedWal: so.archivedWal ?? null,
    // The store keeps them in an order of its own.
    phases: Object.values(so.times ?? {})
      .toSorted((one, other) => one.beganAt.getTime() - other.beganAt.getTime())
      .flatMap(({ title, beganAt, endedAt }) =>
        endedAt === null ? [] : [{ name: title, ms: endedAt.getTime() - beganAt.getTime() }],
      ),
    writableAfterMs: so.fencedAt && so.writableAt ? so.writableAt.getTime() - so.fencedAt.getTime() : null,
  }
}

function endedOf({ restore }: Facts): RestoreResult['ended'] {
  if (restore?.isReturned === true) return 'abandoned'
  return restore?.openedAt === undefined ? 'standing' : 'committed'
}

/** How it is called when it has come to its end: as wished, or back where it began. */
export function endOfRestore(
  facts: Facts,
  plan: RestorePlan,
): { outcome: string; result: RestoreResult; state?: 'cancelled' } {
  const result = resultOf(facts, plan)
  const so = facts.restore ?? {}
  if (result.ended === 'abandoned') {
    return {
      outcome: `${whoAbandoned(facts)} The old cluster is back${on(so.timelineAfter)}.${leftOutSentence(so.leftOut)}${closedSentence(so)}`,
      result,
      state: 'cancelled',
    }
  }
  const writable =
    result.writableAfterMs === null ? '' : ` It took writes again after ${formatDuration(result.writableAfterMs)}.`
  const backup = so.newBackup === undefined ? '' : ` Full backup ${so.newBackup} was taken.`
  return {
    outcome: `${plan.clusterName} is recovered to ${result.targetWords}: ${plan.node} leads${on(so.timelineAfter)}.${writable}${backup}${notBuiltSentence(so)}${closedSentence({ ...so, leftOut: [] })}`,
    result,
  }
}

function on(timeline: number | null | undefined): string {
  return timeline === null || timeline === undefined ? '' : `, on timeline ${timeline}`
}

function leftOutSentence(names: readonly string[] = []): string {
  if (names.length === 0) return ''
  const [is, it] = names.length === 1 ? ['is', 'it answers'] : ['are', 'they answer']
  return ` ${listNames(names)} ${is} left out: once ${it}, unmask and start Patroni there, and open its pgBouncer.`
}

function notBuiltSentence({ leftOut = [] }: RestoreSoFar): string {
  if (leftOut.length === 0) return ''
  const [was, it, does] = leftOut.length === 1 ? ['was', 'it', 'it does'] : ['were', 'them', 'they do']
  return ` ${listNames(leftOut)} ${was} not built anew: unmask and start Patroni there, and reinitialise ${it} if ${does} not follow.`
}

/** Of who is left out it is said already. */
function closedSentence({ fencedNodes = [], leftOut = [] }: RestoreSoFar): string {
  const closed = fencedNodes.filter((name) => !leftOut.includes(name))
  return closed.length === 0 ? '' : ` pgBouncer on ${listNames(closed)} takes no clients until you open it.`
}

function whoAbandoned({ restore }: Facts): string {
  if (restore?.abandonedWhy !== undefined) return restore.abandonedWhy
  const decision = Object.values(restore?.decisions ?? {}).findLast(({ way }) => way === 'abandon')
  return decision ? `Abandoned by ${decision.by}: "${decision.reason}".` : 'Abandoned.'
}

/** What may go on when a step broke off; null while nothing was touched. */
export function sentSoFar({ restore }: Facts): string | null {
  return restore?.touchedAt === undefined ? null : 'What it had begun may go on at the nodes.'
}
