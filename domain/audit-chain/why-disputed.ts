import type { ChainEnd, ChainFault } from './link.ts'

/**
 * What speaks against the audit log where somebody keeps the hash of one of its records: `found` is the hash that it has there now, null where that
 * record is not there, and `end` the number of its last record. Null where nothing does.
 */
export function whyDisputed(kept: ChainEnd, found: string | null, end: number): string | null {
  if (found === kept.hash) return null
  if (found !== null) {
    return `It keeps another hash of record ${kept.seq} than the audit log now has: a record up to there was made anew.`
  }
  if (end < kept.seq) {
    return `It saw the audit log reach record ${kept.seq}, and the log now ends at ${end}: its end was cut off, or its store was set back.`
  }
  return `It keeps the hash of record ${kept.seq} of the audit log, and that record is gone.`
}

/** The same where the records behind the one that is kept do not follow it. */
export function whyNotFollowing(kept: ChainEnd, { firstBad, why }: ChainFault): string {
  return `The audit log does not go on from record ${kept.seq} as it keeps it: record ${firstBad} is wrong; ${why}.`
}

/** The news that what `by` keeps and the audit log contradict each other; `copy` names what to keep as the proof. */
export function disputedSentence({ by, why, copy }: { by: string; why: string; copy: string }): string {
  return `The audit log of this console is disputed by ${by}: ${why} Verify the audit log now, and keep ${copy}.`
}

/** Why nothing is signed any more. */
export function contradicted(by: string, why: string): string {
  return `No new checkpoint of the audit log is signed: the log contradicts what ${by} keeps. ${why}`
}

/** A checkpoint that somebody keeps, and the store does not have any more. */
export function goneCheckpoint({ seq, by }: { seq: number; by: string }): string {
  return `The signed checkpoint of record ${seq}, which ${by} keeps, is gone from the store. The audit log agrees with it up to there; find out who took it out.`
}
