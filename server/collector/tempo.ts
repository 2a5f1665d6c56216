import type { Snapshot } from '#domain/snapshot/snapshot.ts'

const restBeatMs = 2_000
const fastBeatMs = 250
// A movement that does not end must not keep a sick cluster under fire.
const longestMovementMs = 60_000
const longestHurryMs = 10 * 60_000
const settleMs = 5_000

/** How often members are looked at: every 2 s at rest, every 250 ms for a bounded time while something is moving. */
export class Tempo {
  #movement = ''
  #leader = ''
  #movingSince = 0
  #stillSince = 0
  #hurryUntil = 0
  #calmUntil = 0
  #keepUpUntil = 0

  beatMs(nowMs: number): number {
    return this.isFast(nowMs) ? fastBeatMs : restBeatMs
  }

  isFast(nowMs: number): boolean {
    if (nowMs < this.#hurryUntil) return true
    if (nowMs < this.#calmUntil) return false
    if (nowMs < this.#keepUpUntil) return true
    const isMoving = this.#movement !== '' || nowMs - this.#stillSince < settleMs
    return isMoving && nowMs - this.#movingSince < longestMovementMs
  }

  /** Somebody waits for news: fast looks until a moment, at most ten minutes ahead. The latest word counts: one in the past ends it. */
  hurry(untilMs: number, nowMs: number): void {
    this.#hurryUntil = Math.min(untilMs, nowMs + longestHurryMs)
    if (untilMs > nowMs) this.#calmUntil = 0
  }

  /** Whoever moves the cluster looks by itself, and each look more makes that slower: looks as at rest until a moment, unless somebody hurries. */
  calm(untilMs: number, nowMs: number): void {
    this.#hurryUntil = 0
    this.#calmUntil = Math.min(untilMs, nowMs + longestHurryMs)
  }

  /** Whoever moves the cluster is not to be slowed by looks now. */
  isCalm(nowMs: number): boolean {
    return nowMs >= this.#hurryUntil && nowMs < this.#calmUntil
  }

  /** Something has just happened: fast looks at least until a moment. */
  keepUp(untilMs: number): void {
    this.#keepUpUntil = Math.max(this.#keepUpUntil, untilMs)
  }

  /** Learns from a snapshot whether something is moving; a change of the leader starts a movement anew. */
  note(snapshot: Snapshot, nowMs: number): void {
    const movement = movementOf(snapshot)
    const leader = `${snapshot.leader?.name ?? ''} ${isLeaderWritable(snapshot)}`
    const hasBegun = this.#movement === '' && movement !== ''
    if (hasBegun || (leader !== this.#leader && this.#leader !== '')) this.#movingSince = nowMs
    if (this.#movement !== '' && movement === '') this.#stillSince = nowMs
    this.#movement = movement
    this.#leader = leader
  }
}

/** What is moving in a cluster, in a word for each; empty = nothing. */
export function movementOf(snapshot: Snapshot): string {
  if (snapshot.leaderSource === 'none') return ''
  const moving: string[] = []
  if (!isLeaderWritable(snapshot)) moving.push('leader')
  const leader = snapshot.members.find((member) => member.name === snapshot.leader?.name)
  for (const member of snapshot.members) {
    if (member.missingSince !== null) continue
    const isBehind = leader?.timeline != null && member.timeline !== null && member.timeline !== leader.timeline
    if (isBehind || (member.problem === null && !settledStates.has(member.state))) moving.push(member.name)
  }
  return moving.join(' ')
}

const settledStates = new Set(['running', 'streaming', 'in archive recovery', 'unknown', ''])

function isLeaderWritable(snapshot: Snapshot): boolean {
  if (snapshot.leader === null) return false
  const leader = snapshot.members.find((member) => member.name === snapshot.leader?.name)
  return snapshot.isStandbyCluster || leader?.isWritable === true
}
