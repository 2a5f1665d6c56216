import { scrub } from '#agent/jobs/scrub.ts'
import type { RecoveryStatus } from '#agent/protocol/results.ts'

/** What is seen of Postgres besides its log; `isInRecovery` is null while it does not answer. */
export interface Seen {
  pid: number | null
  isInRecovery: boolean | null
  isPaused: boolean
}

type Told = Pick<RecoveryStatus, 'state' | 'stoppedAt' | 'lastCompletedAt' | 'newTimeline' | 'failure'>

/** How a recovery stands by the log of its Postgres, begun anew with each start, and by what is seen of it. */
export function readRecoveryLog(lines: readonly string[], seen: Seen): Told {
  const stopping = lastMatch(lines, /recovery stopping (.+)$/)
  const newTimeline = lastMatch(lines, /selected new timeline ID: (\d+)/)
  const found = failureIn(lines)
  const cutShort = stopping === null ? unreadSegment(lines, found !== null) : null
  const failure = cutShort ?? found
  return {
    // Without a target such a recovery is promoted all the same, and what was not replayed would be lost without a word.
    state: cutShort === null ? stateOf(lines, seen, failure) : 'failed',
    stoppedAt: stopping === null ? null : readStop(stopping),
    lastCompletedAt: lastMatch(lines, /last completed transaction was at log time (.+)$/),
    newTimeline: newTimeline === null ? null : Number(newTimeline),
    failure,
  }
}

function stateOf(lines: readonly string[], seen: Seen, failure: string | null): RecoveryStatus['state'] {
  if (seen.pid === null) return failure === null ? 'stopped' : 'failed'
  // Where Postgres does not let us ask, its log tells it too.
  const isReady = lines.some((line) => line.endsWith('database system is ready to accept connections'))
  if (seen.isInRecovery === false || (seen.isInRecovery === null && isReady)) return 'promoted'
  // Also where the settings do not suffice Postgres pauses: that is no target reached.
  if (failure !== null) return 'failed'
  const isAtTarget = lines.some((line) => line.includes('pausing at the end of recovery'))
  return seen.isPaused || (isAtTarget && seen.isInRecovery === null) ? 'paused' : 'recovering'
}

const failures = [
  /recovery ended before configured recovery target was reached/,
  /requested timeline \d+ is not a child of this server's history/,
  /recovery target timeline \d+ does not exist/,
  /could not locate required checkpoint record/,
  /could not locate a valid checkpoint record/,
  /WAL ends before (?:consistent recovery point|end of online backup)/,
  /requested recovery stop point is before consistent recovery point/,
  /insufficient parameter settings/,
  /If recovery is unpaused, the server will shut down/,
  /unable to find a valid repository/,
  /new timeline \d+ forked off current database system timeline \d+ before current recovery point/,
]

/** The line that tells most: a known reason before whatever else ended Postgres. */
function failureIn(lines: readonly string[]): string | null {
  const known = lines.find((line) => failures.some((form) => form.test(line)))
  // That clients were turned away is in the log as FATAL too, and no reason.
  const at = lines.findLastIndex((line) => /\b(?:FATAL|PANIC):/.test(line) && !turnedAway.test(line))
  const line = known ?? lines[at] ?? lines.findLast((one) => beforeLog.test(one))
  if (line === undefined) return null
  // What is wrong with it was said before.
  const isOfFile = known === undefined && /configuration file .* contains errors/.test(line)
  return [...(isOfFile ? lines.slice(Math.max(0, at - 1), at) : []), line].map(wordsOf).join('; ')
}

/** What Postgres says before it has a log: in its program's name alone. */
const beforeLog = /^(?:\S*\/)?postgres: \S/

/** What a log that tells of no failure ends with, in its own words. */
export function lastWords(lines: readonly string[]): string {
  const last = lines
    .filter((line) => line.trim() !== '')
    .slice(-3)
    .map((line) => scrub(wordsOf(line)).slice(0, 300))
  return last.length === 0 ? 'its log is empty' : `its log tells of no failure. It ends with: ${last.join(' / ')}`
}

/** A WAL segment that is archived but could not be read, where recovery ended for want of it: to Postgres that is the archive's end. */
function unreadSegment(lines: readonly string[], hasFailed: boolean): string | null {
  if (!hasFailed && !lines.some((line) => line.includes('redo done at'))) return null
  const at = lines.findLastIndex((line) => unread.test(line))
  const [, segment] = unread.exec(lines[at] ?? '') ?? []
  if (segment === undefined) return null
  // It may have come at another try.
  if (lines.slice(at).some((line) => line.includes(`restored log file "${segment}" from archive`))) return null
  return `WAL segment ${segment} cannot be read from the archive, ${lines[at + 1]?.trim() ?? 'and pgBackRest does not say why'}`
}

/** pgBackRest's own words; where there is no such segment it says nothing. */
const unread = /\bERROR: \[\d+\]: unable to get ([0-9A-F]{24}):/

const turnedAway =
  /the database system is|terminating |no pg_hba\.conf entry|authentication failed|role ".*" does not exist|database ".*" does not exist|too many clients|remaining connection slots|connection to client lost/

function wordsOf(line: string): string {
  return line.replace(/^(?:\S*\/)?postgres: |^.*?\b(?:LOG|FATAL|PANIC|ERROR|WARNING|HINT|DETAIL):\s+/, '').trim()
}

/** `before commit of transaction 725, time 2026-11-25 15:16:35.885054+00`, `after WAL location (LSN) "0/3000000"`, ... */
function readStop(text: string): NonNullable<RecoveryStatus['stoppedAt']> {
  const found = /^((?:before|after) \S+(?: prepared)?) of (?:prepared )?transaction (\d+)(?:, time (.+))?$/.exec(text)
  if (found) return { how: found[1] ?? text, xid: found[2] ?? null, time: found[3] ?? null }
  const named = /^(.*), time (\d{4}-.+)$/.exec(text)
  return named ? { how: named[1] ?? text, xid: null, time: named[2] ?? null } : { how: text, xid: null, time: null }
}

function lastMatch(lines: readonly string[], form: RegExp): string | null {
  const line = lines.findLast((one) => form.test(one))
  return line === undefined ? null : (form.exec(line)?.[1] ?? null)
}
