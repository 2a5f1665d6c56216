import { formatDuration } from '#domain/format.ts'
import type { Availability } from './measure.ts'
import { isBelowSoFar, type AgainstTarget } from './target.ts'
import type { Told } from './way.ts'
import type { WriteCause } from './write-state.ts'

/** A share in percent that never promises more than was: cut, not rounded, and 100 % only where nothing was lost. */
export function percentOf(share: number | null): string {
  if (share === null) return 'not known'
  if (share >= 1) return '100 %'
  const digits = share >= 0.9999 ? 3 : 2
  return `${(Math.floor(share * 100 * 10 ** digits + 1e-7) / 10 ** digits).toFixed(digits)} %`
}

/** A target as one says it: `99.9 %`. */
export function targetWords(target: number): string {
  return `${Number((target * 100).toFixed(4))} %`
}

/** What a period was made of: `99.95 % of the time we could see; 2 min 10 s not; 14 min unseen.` */
export function availabilityWords({ share, unplannedMs, plannedMs, unseenMs }: Availability): string {
  if (share === null && plannedMs === 0)
    return unseenMs > 0 ? 'We could not see it at all.' : 'Nothing was measured yet.'
  const parts = [
    `${percentOf(share)} of the time we could see`,
    unplannedMs > 0 ? `${formatDuration(unplannedMs)} not` : null,
    plannedMs > 0 ? `${formatDuration(plannedMs)} not during planned work` : null,
    unseenMs > 0 ? `${formatDuration(unseenMs)} unseen` : null,
  ]
  return `${parts.filter((part) => part !== null).join('; ')}.`
}

/** Whether it takes writes, for somebody who knows nothing of how it is built. */
export const stateSentences: Record<Told, { sentence: string; more: string | null }> = {
  serving: { sentence: 'The database is working: it takes writes.', more: null },
  'way-shut': {
    sentence: 'The database is working, but nobody gets through to it.',
    more: 'What leads applications to it leads them nowhere, or astray: changes cannot be saved that way now.',
  },
  'way-unseen': {
    sentence: 'The database is working, but we cannot see the way to it.',
    more: 'What leads applications to it does not answer us: they may or may not get through.',
  },
  'not-serving': {
    sentence: 'The database takes no writes now.',
    more: 'Changes cannot be saved until it does again.',
  },
  unseen: {
    sentence: 'We cannot see the database now.',
    more: 'That says nothing about the database itself: it may well be working.',
  },
  apart: {
    sentence: 'This database is a copy that follows another one.',
    more: 'It takes no writes by design, so there is nothing to measure.',
  },
}

/** How it was known, without a name of anything. */
export const causeWords: Record<WriteCause, string> = {
  'no-leader': 'no server was in charge',
  'dcs-lost': 'the servers could not agree on who is in charge',
  promoting: 'another server was taking over',
  'read-only': 'the server in charge accepted no changes',
  'not-running': 'the server in charge was not running',
  'commits-wait': 'changes waited for a second copy that was missing',
  'split-brain': 'two servers took changes at once, so some would be lost',
  'leader-lost': 'the server in charge fell silent and was replaced',
  'leader-silent': 'the server in charge did not answer us',
  'nothing-answers': 'nothing answered us',
  'nobody-looked': 'nobody was looking',
  standby: 'it follows another database',
}

/** How a period stands against its target, in a sentence; `share` = what was measured of it so far, 0 to 1. */
export function againstWords(against: AgainstTarget, target: number, share: number | null): string {
  const aim = `The target is ${targetWords(target)}`
  switch (against.kind) {
    case 'unknown':
      return `${aim}; nothing was seen to hold against it.`
    case 'met':
      // What may be lost counts over the whole period: early in it, little lost is a great share.
      if (isBelowSoFar(against, target, share)) {
        return `${aim} of the whole period. That is more than was seen so far, and can still be kept: ${formatDuration(against.leftMs)} more may be lost.`
      }
      return `${aim}: it is kept so far; ${formatDuration(against.leftMs)} more may be lost before it is missed.`
    case 'missed':
      return `${aim}: it is missed by ${formatDuration(against.beyondMs)}.`
  }
}
