import { longestGapMs, type WriteLook } from './look.ts'
import type { WriteCause, WriteState } from './write-state.ts'

/** How far the measuring of a cluster has come. */
export interface Standing {
  state: WriteState
  cause: WriteCause | null
  since: Date
  leader: string | null
  /** When it was first looked at. */
  measuredFrom: Date
  lookedAt: Date
}

/** What becomes of the stretches that are kept: at most one is open, and none while it serves. */
export type StretchChange =
  | { kind: 'begin'; stretch: StretchKind; at: Date; cause: WriteCause }
  | { kind: 'end'; at: Date }
  /** The open one, unseen so far, is an outage from its beginning. */
  | { kind: 'recast'; cause: WriteCause }

/** Time in which writes were not served, in which nobody could tell, and in which there was nothing to measure. */
export type StretchKind = 'outage' | 'unseen' | 'apart'

/**
 * Takes one more look into account. Time between two looks that differ counts as what serves least: an outage begins with the last
 * proof that writes were taken. Time in which nobody looked is unseen. A leader that fell silent is unseen; once it turns out
 * that it lost the lead, that is an outage from its last sign.
 */
export function moveOn(standing: Standing | null, look: WriteLook): { standing: Standing; changes: StretchChange[] } {
  if (standing === null) return begun(look)
  if (look.to <= standing.lookedAt) return { standing, changes: [] }
  const from = new Date(Math.max(look.from.getTime(), standing.lookedAt.getTime()))
  const changes: StretchChange[] = []
  let at = standing
  if (from.getTime() - standing.lookedAt.getTime() > longestGapMs) at = leaveUnlooked(standing, changes)
  if (at.state !== look.state) at = turn(at, look, from, changes)
  return { standing: { ...at, leader: look.leader ?? at.leader, lookedAt: look.to }, changes }
}

function begun(look: WriteLook): { standing: Standing; changes: StretchChange[] } {
  const { state, cause, leader, from, to } = look
  const standing = { state, cause, leader, since: from, measuredFrom: from, lookedAt: to }
  return { standing, changes: beginning(look, from) }
}

function leaveUnlooked(standing: Standing, changes: StretchChange[]): Standing {
  if (standing.state === 'unseen') return { ...standing, cause: 'nobody-looked' }
  const since = standing.lookedAt
  if (standing.state !== 'serving') changes.push({ kind: 'end', at: since })
  changes.push({ kind: 'begin', stretch: 'unseen', at: since, cause: 'nobody-looked' })
  return { ...standing, state: 'unseen', cause: 'nobody-looked', since }
}

function turn(standing: Standing, look: WriteLook, from: Date, changes: StretchChange[]): Standing {
  const { state, cause } = look
  if (hasLostLead(standing, look)) {
    changes.push({ kind: 'recast', cause: 'leader-lost' })
    if (state === 'not-serving') return { ...standing, state, cause }
  }
  const since = standing.state === 'serving' ? lastServing(standing, look, from) : from
  if (standing.state !== 'serving') changes.push({ kind: 'end', at: from })
  changes.push(...beginning(look, since))
  return { ...standing, state, cause, since }
}

function hasLostLead({ state, cause, leader }: Standing, look: WriteLook): boolean {
  if (state !== 'unseen' || cause !== 'leader-silent') return false
  const isAnother = leader !== null && look.leader !== null && look.leader !== leader
  return look.state === 'not-serving' || (look.state === 'serving' && isAnother)
}

function lastServing({ since, lookedAt }: Standing, { lastWriteAt }: WriteLook, from: Date): Date {
  const last = lastWriteAt !== null && lastWriteAt <= from ? lastWriteAt : lookedAt
  return new Date(Math.max(since.getTime(), last.getTime()))
}

function beginning({ state, cause }: WriteLook, at: Date): StretchChange[] {
  if (state === 'serving' || cause === null) return []
  return [{ kind: 'begin', stretch: stretchOf[state], at, cause }]
}

const stretchOf = { 'not-serving': 'outage', unseen: 'unseen', apart: 'apart' } as const satisfies Record<
  Exclude<WriteState, 'serving'>,
  StretchKind
>
