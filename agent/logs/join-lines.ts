import type { LogEntry, LogForm } from './log-form.ts'
import type { LogClock } from './stamp.ts'

/** What some lines of a log hold. */
export interface JoinedLines {
  /** Those that matter and lie in the window, in the order of the log. */
  entries: LogEntry[]
  /** The latest time that is not later than the window, ms since 1970; null = none. */
  lastMs: number | null
  /** True where a line was understood: its time and its level. */
  isUnderstood: boolean
}

/** A stretch of time, ms since 1970, both ends in it. */
export interface LogWindow {
  fromMs: number
  toMs: number
}

/** Puts lines together to what was logged, and keeps what matters of a window. */
export function joinLines(
  lines: Iterable<string>,
  { form, clock, window: { fromMs, toMs } }: { form: LogForm; clock: LogClock; window: LogWindow },
): JoinedLines {
  const joined: JoinedLines = { entries: [], lastMs: null, isUnderstood: false }
  const matters = form.judge()
  let open: { atMs: number; level: string; lines: string[] } | null = null
  for (const line of lines) {
    const begun = form.begin(line)
    if (begun === null) {
      const more = open && form.goesOn(line)
      // What follows a mere note is of other programs more often than of itself.
      if (open && more !== null && open.level !== 'INFO') open.lines.push(more)
      continue
    }
    if (open) joined.entries.push(entryOf(open))
    open = null
    const { stamp, level, message } = begun
    const atMs = clock(stamp)
    if (atMs <= toMs) joined.lastMs = Math.max(joined.lastMs ?? atMs, atMs)
    if (level === null) continue
    joined.isUnderstood = true
    if (matters(level, message) && atMs >= fromMs && atMs <= toMs) open = { atMs, level, lines: [message] }
  }
  if (open) joined.entries.push(entryOf(open))
  return joined
}

const mostLines = 12
const firstLines = 3
const longestLine = 1_000

function entryOf({ atMs, level, lines }: { atMs: number; level: string; lines: readonly string[] }): LogEntry {
  const kept =
    lines.length <= mostLines
      ? lines
      : // What went wrong in the end stands at the end of a trace.
        [
          ...lines.slice(0, firstLines),
          `(${lines.length - mostLines + 1} lines left out)`,
          ...lines.slice(firstLines + 1 - mostLines),
        ]
  const text = kept.map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line)).join('\n')
  return { atMs, level, text }
}
