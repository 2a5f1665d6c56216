import type { LogBytes } from './log-bytes.ts'
import type { LineStart, LogForm } from './log-form.ts'
import type { LogClock } from './stamp.ts'

/** Two places in a log, in bytes, between which a moment lies: what begins before `from` is older, what begins after `to` is not. */
export interface Place {
  from: number
  to: number
}

/**
 * Finds where in a log a moment is (ms since 1970) by halving it, as its times only grow: of the largest log some dozens of pieces
 * are read.
 */
export async function findMoment(
  log: LogBytes,
  atMs: number,
  { form, clock }: { form: LogForm; clock: LogClock },
): Promise<Place> {
  let from = 0
  let to = log.size
  while (to - from > pieceBytes) {
    const middle = Math.floor((from + to) / 2)
    const next = await firstAfter(log, { offset: middle, end: to }, form)
    if (next === null || clock(next.stamp) >= atMs) to = middle
    else from = next.offset
  }
  return { from, to }
}

/** The first line with a time that begins after `offset` (at 0: there or after) and before `end`; null where there is none. */
export async function firstAfter(
  log: LogBytes,
  { offset, end }: { offset: number; end: number },
  form: LogForm,
): Promise<(LineStart & { offset: number }) | null> {
  let at = offset === 0 ? 0 : await nextLine(log, offset)
  while (at < end) {
    const piece = await log.read(at, pieceBytes)
    if (piece.length === 0) return null
    let begin = 0
    do {
      if (at + begin >= end) return null
      const newline = piece.indexOf(newlineByte, begin)
      // Cut off by the piece: read anew from its beginning, unless it is longer than a whole piece.
      if (newline < 0 && begin > 0 && at + piece.length < log.size) break
      const until = Math.min(newline < 0 ? piece.length : newline, begin + longestHead)
      const found = form.begin(piece.toString('utf8', begin, until))
      if (found !== null) return { ...found, offset: at + begin }
      begin = newline < 0 ? piece.length : newline + 1
      if (newline < 0) begin = (await nextLine(log, at + piece.length)) - at
    } while (begin < piece.length)
    at += begin
  }
  return null
}

/** Where the first line begins behind the newline at or after an offset; the end of the log where there is none. */
async function nextLine(log: LogBytes, offset: number): Promise<number> {
  for (let at = offset; at < log.size;) {
    const piece = await log.read(at, pieceBytes)
    if (piece.length === 0) break
    const newline = piece.indexOf(newlineByte)
    if (newline >= 0) return at + newline + 1
    at += piece.length
  }
  return log.size
}

const newlineByte = 10
const pieceBytes = 16 * 1024
/** Bytes of a line in which its time and level stand. */
const longestHead = 1024
