import { keptLines, programNames, type IncidentLogs, type LogSource } from '#domain/logs/log-line.ts'
import type { TimelineEntry } from './incident-timeline.ts'

/**
 * What the logs said, in the order of time, with what of them is not known: where lines were left out, and from when on a node did
 * not tell (`beganAt` = where nothing was read yet).
 */
export function logEntries({ lines, sources }: IncidentLogs, beganAt: Date): TimelineEntry[] {
  const entries = lines.map(({ at, text, level, node, program, times }): TimelineEntry => ({
    at,
    kind: 'log',
    severity: severityOf(level),
    sentence: text,
    operationId: null,
    log: { node, program, level, times },
  }))
  const lost = lostSentence(sources)
  const place = Math.min(keptLines.first, Math.ceil(entries.length / 2))
  const lostEntry = lost === null ? [] : [aboutLogs(entries[place - 1]?.at ?? beganAt, lost)]
  return [...entries.slice(0, place), ...lostEntry, ...entries.slice(place), ...unread(sources, beganAt)]
}

/** One entry for each node and reason: its programs are mostly unread for the same one. */
function unread(sources: readonly LogSource[], beganAt: Date): TimelineEntry[] {
  const problems = sources.filter(({ problem }) => problem !== null)
  const first = problems.filter(
    ({ node, problem }, n) => n === problems.findIndex((other) => other.node === node && other.problem === problem),
  )
  return first.map(({ node, problem }) => {
    const same = problems.filter((other) => other.node === node && other.problem === problem)
    const seen = same.map(({ seenAt }) => seenAt?.getTime() ?? beganAt.getTime())
    const programs = same.map(({ program }) => programNames[program]).join(' and ')
    return aboutLogs(
      new Date(Math.min(...seen)),
      `${problem} What ${programs} wrote on ${node} is not known from here on.`,
    )
  })
}

function lostSentence(sources: readonly LogSource[]): string | null {
  const leftOut = sources.reduce((sum, source) => sum + source.leftOut, 0)
  const cut = sources.filter(({ isCut }) => isCut).map(({ node, program }) => `${programNames[program]} on ${node}`)
  const sentences = [
    ...(leftOut === 0
      ? []
      : [
          `${leftOut} more ${leftOut === 1 ? 'line' : 'lines'} of the logs from here on ${leftOut === 1 ? 'is' : 'are'} not kept: of too many, the first and the last are.`,
        ]),
    ...(cut.length === 0 ? [] : [`Too much was written to be read whole by ${cut.join(', ')}.`]),
  ]
  return sentences.length === 0 ? null : sentences.join(' ')
}

function aboutLogs(at: Date, sentence: string): TimelineEntry {
  return { at, kind: 'log', severity: 'info', sentence, operationId: null, log: null }
}

function severityOf(level: string): TimelineEntry['severity'] {
  return ['WARNING', 'ERROR', 'CRITICAL', 'FATAL', 'PANIC'].includes(level) ? 'warning' : 'info'
}
