import { programNames } from '#domain/logs/log-line.ts'
import type { TimelineEntry } from './incident-timeline.ts'

/** A line of a log on a timeline. */
export type LogEntry = TimelineEntry & { log: NonNullable<TimelineEntry['log']> }

/** What follows one another on a timeline: an entry as it is, or lines of one program on one node. */
export type TimelinePart = { entry: TimelineEntry; lines: null } | { entry: LogEntry; lines: readonly LogEntry[] }

/**
 * Gathers lines of logs that follow one another, with nothing else between them, by program and node, each where its first line stands.
 * Fewer than four of one program stay as they are.
 */
export function groupLogs(entries: readonly TimelineEntry[]): TimelinePart[] {
  const parts: TimelinePart[] = []
  let run: LogEntry[] = []
  for (const entry of entries) {
    if (isLine(entry)) {
      run.push(entry)
      continue
    }
    parts.push(...partsOf(run), { entry, lines: null })
    run = []
  }
  return [...parts, ...partsOf(run)]
}

/** What a group holds, e.g. `14 lines of Patroni on pg-node-2`. */
export function groupTitle(lines: readonly LogEntry[]): string {
  const count = lines.reduce((sum, { log }) => sum + log.times, 0)
  const [first] = lines
  return first === undefined ? '' : `${count} lines of ${writerOf(first)}`
}

/** The program and the node that a line is from. */
export function writerOf({ log: { node, program } }: LogEntry): string {
  return `${programNames[program]} on ${node}`
}

/** The line of a group that tells most: of a role that changes, else the first that is worse than a note, else the first. */
export function tellingLine(lines: readonly LogEntry[]): LogEntry | null {
  const ofRole = lines.find(({ sentence }) =>
    /\bpromoted self|\bdemoting self|received (?:fast|immediate) shutdown/i.test(sentence),
  )
  return ofRole ?? lines.find(({ severity }) => severity !== 'info') ?? lines[0] ?? null
}

const fewest = 4

function isLine(entry: TimelineEntry): entry is LogEntry {
  return entry.log !== null
}

function partsOf(run: readonly LogEntry[]): TimelinePart[] {
  const byWriter = new Map<string, LogEntry[]>()
  for (const entry of run) byWriter.set(writerOf(entry), [...(byWriter.get(writerOf(entry)) ?? []), entry])
  const parts = [...byWriter.values()].flatMap((lines): TimelinePart[] => {
    const [first] = lines
    return first === undefined || lines.length < fewest
      ? lines.map((entry) => ({ entry, lines: null }))
      : [{ entry: first, lines }]
  })
  return parts.toSorted((a, b) => a.entry.at.getTime() - b.entry.at.getTime())
}
