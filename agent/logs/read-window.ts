import { findMoment, firstAfter } from './find-moment.ts'
import { joinLines, type JoinedLines, type LogWindow } from './join-lines.ts'
import type { LogBytes } from './log-bytes.ts'
import type { LogForm } from './log-form.ts'
import type { LogClock, Stamp } from './stamp.ts'

export interface ReadLines extends JoinedLines {
  /** True where the middle of the window was not read, being too long. */
  isCut: boolean
}

/**
 * Reads a window out of a log, of any size: at most 4 MiB, and of a longer window its first and its last half of that. The times of
 * the log must not fall by more than a minute from line to line.
 */
export async function readWindow(
  log: LogBytes,
  { form, clock, window }: { form: LogForm; clock: LogClock; window: LogWindow },
): Promise<ReadLines> {
  const known = { form, clock }
  // Writers at the same time put lines down a little out of order.
  const { from } = await findMoment(log, window.fromMs - disorderMs, known)
  const { to } = await findMoment(log, window.toMs + disorderMs, known)
  // What begins before the end goes on behind it.
  const end = Math.min(log.size, to + longestTail)
  const isCut = end - from > mostBytes
  const parts = isCut
    ? [
        { from, length: mostBytes / 2 },
        { from: end - mostBytes / 2, length: mostBytes / 2 },
      ]
    : [{ from, length: end - from }]
  const read: JoinedLines[] = []
  for (const { from: offset, length } of parts) {
    const lines = await linesOf(log, offset, length)
    read.push(joinLines(lines, { form, clock, window }))
  }
  const lasts = read.flatMap(({ lastMs }) => lastMs ?? [])
  return {
    entries: read.flatMap(({ entries }) => entries),
    lastMs: lasts.length === 0 ? null : Math.max(...lasts),
    isUnderstood: read.some(({ isUnderstood }) => isUnderstood),
    isCut,
  }
}

/** The first time in a log; null where it has none. */
export async function firstStamp(log: LogBytes, form: LogForm): Promise<Stamp | null> {
  const first = await firstAfter(log, { offset: 0, end: Math.min(log.size, longestTail) }, form)
  return first?.stamp ?? null
}

/** The last time in a log, and whether lines with time and level are there, by its last 64 KiB. */
export async function lookAtEnd(log: LogBytes, form: LogForm): Promise<{ last: Stamp | null; isUnderstood: boolean }> {
  const from = Math.max(0, log.size - longestTail)
  const begun = (await linesOf(log, from, log.size - from)).flatMap((line) => form.begin(line) ?? [])
  return { last: begun.at(-1)?.stamp ?? null, isUnderstood: begun.some(({ level }) => level !== null) }
}

const disorderMs = 60_000
const mostBytes = 4 * 1024 * 1024
const longestTail = 64 * 1024
const longestLine = 8 * 1024

/** The lines of a part of a log, without the half ones at its ends. */
async function linesOf(log: LogBytes, from: number, length: number): Promise<string[]> {
  const bytes = await log.read(from, length)
  const lines = bytes.toString('utf8').split('\n')
  if (from > 0 && (await log.read(from - 1, 1))[0] !== newlineByte) lines.shift()
  // What is still being written the next look reads whole; of a line that a part cuts off, enough may be there.
  if (from + length >= log.size || (lines.at(-1) ?? '').length < longestLine) lines.pop()
  return lines.map((line) => line.slice(0, longestLine).replaceAll(control, ' '))
}

const newlineByte = 10
// All but the tab, by which Postgres tells what goes on.
const control = /[^\P{Cc}\t]/gu
