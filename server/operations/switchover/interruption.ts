import { formatDuration } from '#domain/format.ts'
import type { SwitchoverResult } from '#domain/operation/operation.ts'
import type { Facts } from '../define.ts'

/** How long nobody took writes, and how that is known; no length where it was not seen from both sides. */
export function interruptionOf(
  facts: Facts,
  oldLeader: string,
): Pick<SwitchoverResult, 'interruptionMs' | 'interruptionBasis'> {
  const { newLeader, isStandbyCluster } = facts
  if (!newLeader) return { interruptionMs: null, interruptionBasis: null }
  if (isStandbyCluster) {
    const interruptionBasis = 'There was none to measure: a standby cluster takes no writes.'
    return { interruptionMs: null, interruptionBasis }
  }
  const names = { oldLeader, newLeader }
  const { oldWritableAt, newWritableAt } = facts
  if (!oldWritableAt) return notMeasured(`${oldLeader} was not seen to take writes just before the lead moved.`)
  if (!newWritableAt) return notMeasured(`${newLeader} was not seen to take writes.`)
  const seen = `${oldLeader} was last seen to take writes at ${clock(oldWritableAt)}, ${newLeader} first at ${clock(newWritableAt)}.`
  const gap = gapOf(facts, names, { oldWritableAt, newWritableAt })
  if (typeof gap === 'string') return notMeasured(`${gap} ${seen}`)
  const { ms, afterMs, beforeMs } = gap
  return {
    interruptionMs: ms,
    interruptionBasis: `${seen} The look after the first came ${atMost(afterMs)} later and the look before the second ${atMost(beforeMs)} earlier, so the true interruption may be up to ${atMost(Math.min(ms, afterMs + beforeMs))} shorter.`,
  }
}

/** A look may hang for 1.5 s before the next; what lies further apart was not watched. */
const closeMs = 2_000

type Moments = { oldWritableAt: Date; newWritableAt: Date }

/** The gap, and how far the looks on its two edges lie apart; a sentence where it was not watched. */
function gapOf(
  { oldStoppedAt, readOnly = [], newWritableBy }: Facts,
  { oldLeader, newLeader }: { oldLeader: string; newLeader: string },
  { oldWritableAt, newWritableAt }: Moments,
): { ms: number; afterMs: number; beforeMs: number } | string {
  if (newWritableBy === 'collector') {
    return `${newLeader} did not answer when it was looked at closely, and the regular looks are too far apart.`
  }
  const readOnlyAt = readOnly.find(({ member }) => member === newLeader)?.at
  if (!readOnlyAt) return `the first look at ${newLeader} found that it took writes already.`
  // Where its end was not seen before, the old leader took no writes at the latest once the new one did.
  const stoppedAt = oldStoppedAt && oldStoppedAt < newWritableAt ? oldStoppedAt : newWritableAt
  const afterMs = between(oldWritableAt, stoppedAt)
  if (afterMs > closeMs) return unwatched(oldLeader, oldWritableAt, stoppedAt)
  const beforeMs = between(readOnlyAt, newWritableAt)
  if (beforeMs > closeMs) return unwatched(newLeader, readOnlyAt, newWritableAt)
  return { ms: between(oldWritableAt, newWritableAt), afterMs, beforeMs }
}

function notMeasured(why: string) {
  return { interruptionMs: null, interruptionBasis: `Not measured: ${why}` }
}

function unwatched(member: string, from: Date, to: Date): string {
  return `no look at ${member} told anything between ${clock(from)} and ${clock(to)}.`
}

function between(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime())
}

/** Rounded up: what is said to be the most must not be less than it is. */
function atMost(ms: number): string {
  return formatDuration(Math.ceil(ms / 100) * 100)
}

function clock(at: Date): string {
  return `${at.toISOString().slice(11, 23)} UTC`
}
