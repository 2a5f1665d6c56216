import { copyFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { callProgram } from './call-program.ts'
import { endOfWalIn } from './end-of-wal.ts'
import type { Machine } from './machine.ts'
import { archiveGetProgram } from './pgbackrest-programs.ts'
import { environmentOf, programFrom } from './program.ts'
import { streamProgram } from './stream-program.ts'
import { followingSegment, lsnOf, placeOf, startOf } from './wal-segment.ts'

/** Resolves with the reason where a segment cannot be had. */
type Fetch = (segment: string) => Promise<string | null>

interface FetchFrom {
  machine: Machine
  stanza: string
  repository: number
  /** Where segments are laid. */
  folder: string
  /** Where those are copied from that are not in the archive yet; null = nowhere. */
  walFolder?: string | null
}

/** Fetches each segment once; resolves with the reason where it cannot be had, in pgBackRest's words. */
export function fetching({ machine, stanza, repository, folder, walFolder = null }: FetchFrom): Fetch {
  const { config, signal } = machine
  const had = new Map<string, string | null>()
  return async (segment) => {
    const known = had.get(segment)
    if (known !== undefined) return known
    const to = join(folder, segment)
    const program = archiveGetProgram(config, { stanza, repository, segment, to })
    const said = await callProgram({ program, input: null, deadlineMs: 120_000, signal })
    const words = `${said.stdout} ${said.stderr}`.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
    const isMissing = said.exitCode === 1
    const isCopied = isMissing && walFolder !== null && (await copyIfThere(join(walFolder, segment), to))
    const problem = isMissing ? 'it is not in the archive.' : words || `exit code ${said.exitCode}.`
    const outcome = said.exitCode === 0 || isCopied ? null : problem
    had.set(segment, outcome)
    return outcome
  }
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  return copyFile(from, to).then(
    () => true,
    () => false,
  )
}

interface SegmentToRead {
  machine: Machine
  segment: string
  folder: string
  fetch: Fetch
  /** The segment that is read after it: where it is of another timeline, it begins with a copy of what follows on this one. */
  heir?: string | null
  /** True = only ends of transactions are told. */
  endsOnly?: boolean
  onLine: (line: string) => void
}

interface SegmentRead {
  /** Why it could not be read; null = it was. */
  problem: string | null
  /** Where the WAL ended within it; null = it went on to its end. */
  endedAt: bigint | null
}

/** Reads a segment; its last record may end in the one that follows, so that one is fetched too where it is there. */
export async function readSegment(reading: SegmentToRead): Promise<SegmentRead> {
  const { machine, segment, folder, fetch, heir = null, endsOnly = false, onLine } = reading
  const missing = await fetch(segment)
  if (missing !== null) return { problem: missing, endedAt: null }
  const { config, signal } = machine
  const segmentBytes = BigInt((await stat(join(folder, segment))).size)
  const next = followingSegment(segment, segmentBytes)
  const hasNext = isHeirOf(next, heir)
    ? (await fetch(heir)) === null && (await copyIfThere(join(folder, heir), join(folder, next)))
    : (await fetch(next)) === null
  const end = startOf(next, segmentBytes)
  // Else it would wait a while for one that is not there, or look through all of the next for another end.
  const withNext = endsOnly ? end + overlapBytes : null
  const until = hasNext ? withNext : end
  const words = [
    join(config.postgres.binFolder, 'pg_waldump'),
    `--path=${folder}`,
    `--timeline=${timelineOf(segment)}`,
    `--start=${lsnOf(startOf(segment, segmentBytes))}`,
    ...(until === null ? [] : [`--end=${lsnOf(until)}`]),
    ...(endsOnly ? ['--rmgr=Transaction'] : []),
  ]
  const errors: string[] = []
  let isThrough = false
  const exitCode = await streamProgram({
    program: programFrom(words, environmentOf(config), 'postgres'),
    cwd: folder,
    signal,
    onLine: (line, isError) => {
      if (isError) return void errors.push(line)
      const [, high, low] = /, lsn: ([0-9A-F]+)\/([0-9A-F]+),/.exec(line) ?? []
      // What begins in the next one is read in its turn.
      isThrough ||= high !== undefined && low !== undefined && placeOf(high, low) >= end
      if (!isThrough) onLine(line)
      return !isThrough
    },
  })
  signal.throwIfAborted()
  const endedAt = isThrough || exitCode === 0 ? null : endOfWalIn(errors, segmentBytes)
  // Without the next one it cannot but end with a complaint, as it does where Postgres wrote no further.
  const isFine = isThrough || exitCode === 0 || !hasNext || errors.some(isEndOfWal)
  return {
    problem: isFine ? null : errors.join(' ').slice(0, 300),
    endedAt: endedAt !== null && endedAt < end ? endedAt : null,
  }
}

/** Longer than the end of any transaction is written. */
const overlapBytes = 1_048_576n

/** True where another timeline goes on at that place. */
function isHeirOf(next: string, heir: string | null): heir is string {
  return heir !== null && heir !== next && heir.slice(8) === next.slice(8)
}

/** The timeline that a segment is named by. */
export function timelineOf(segment: string): number {
  return Number.parseInt(segment.slice(0, 8), 16)
}

function isEndOfWal(line: string): boolean {
  return /invalid (?:magic number|record length|record offset)|could not find file|wanted \d+, got 0/.test(line)
}
