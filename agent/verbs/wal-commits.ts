import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WalCommits } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { massDeleteRows } from '#domain/wal/mass-delete.ts'
import { callProgram } from './call-program.ts'
import { liveDatabases, liveNames } from './live-relations.ts'
import type { Machine } from './machine.ts'
import { nameLoss, readDropped, unwrittenSentence, wantedFor } from './name-losses.ts'
import { archiveGetProgram } from './pgbackrest-programs.ts'
import { placeOf } from './postgres-place.ts'
import { environmentOf, programFrom } from './program.ts'
import { type Loss, WalReading } from './read-wal.ts'
import { streamProgram } from './stream-program.ts'
import { followingSegment, lsnOf, startOf } from './wal-segment.ts'

/** What the transactions in some archived segments dropped, truncated or deleted many rows of, oldest first. */
export async function walCommits(machine: Machine, args: ArgsOf<'wal-commits'>): Promise<WalCommits> {
  const { dataFolder } = machine.config.postgres
  const place = await placeOf(dataFolder)
  const { names, catalogs } = await liveDatabases(machine, place)
  const segments = [...new Set(args.segments)].toSorted()
  const problems: string[] = []
  if (names.size === 0)
    problems.push('Postgres on this node does not answer: dropped tables cannot be told from rewritten ones.')
  const losses: { loss: Loss; timeline: number }[] = []
  const span = { firstAt: null as string | null, lastAt: null as string | null }
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-wal-'))
  try {
    const fetch = fetching(machine, args, folder)
    for (const timeline of new Set(segments.map(timelineOf))) {
      const reading = new WalReading(catalogs, massDeleteRows)
      for (const segment of segments.filter((one) => timelineOf(one) === timeline)) {
        machine.signal.throwIfAborted()
        machine.say(`Reading ${segment}.`)
        const problem = await readSegment({
          machine,
          segment,
          folder,
          fetch,
          onLine: (line) => {
            for (const loss of reading.take(line)) losses.push({ loss, timeline })
          },
        })
        if (problem !== null) problems.push(`${segment}: ${problem}`)
        await rm(join(folder, segment), { force: true })
      }
      span.firstAt ??= reading.firstAt
      span.lastAt = reading.lastAt ?? span.lastAt
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const found = losses.map(({ loss }) => loss)
  const majorVersion = Number.parseInt(await readFile(join(dataFolder, 'PG_VERSION'), 'utf8'), 10)
  const onDisk = await readDropped({ dataFolder, majorVersion }, found)
  const known = { ...onDisk, losses: found, live: await liveNames(machine, place, names, wantedFor(found)) }
  const told = losses.slice(-mostCommits)
  const commits = told.map(({ loss, timeline }) => {
    const { xid, at, lsn, kind, deletedRows } = loss
    return { xid, at, lsn, timeline, kind, relations: nameLoss(loss, known), deletedRows }
  })
  const shown = told.map(({ loss }) => loss)
  const unwritten = names.size === 0 ? null : unwrittenSentence(shown, known, machine.config.node)
  if (unwritten !== null) problems.push(unwritten)
  if (losses.length > commits.length) problems.push(`Only the newest ${mostCommits} of ${losses.length} are told of.`)
  return { commits, problems, ...span }
}

const mostCommits = 500

function timelineOf(segment: string): number {
  return Number.parseInt(segment.slice(0, 8), 16)
}

type Fetch = (segment: string) => Promise<string | null>

/** Fetches each segment once; resolves with the reason where it cannot be had, in pgBackRest's words. */
function fetching({ config, signal }: Machine, args: ArgsOf<'wal-commits'>, folder: string): Fetch {
  const had = new Map<string, string | null>()
  return async (segment) => {
    const known = had.get(segment)
    if (known !== undefined) return known
    const { stanza, repository } = args
    const program = archiveGetProgram(config, { stanza, repository, segment, to: join(folder, segment) })
    const said = await callProgram({ program, input: null, deadlineMs: 120_000, signal })
    const words = `${said.stdout} ${said.stderr}`.replaceAll(/\s+/g, ' ').trim().slice(0, 300)
    const problem = said.exitCode === 1 ? 'it is not in the archive.' : words || `exit code ${said.exitCode}.`
    had.set(segment, said.exitCode === 0 ? null : problem)
    return said.exitCode === 0 ? null : problem
  }
}

interface SegmentToRead {
  machine: Machine
  segment: string
  folder: string
  fetch: Fetch
  onLine: (line: string) => void
}

/** Reads a segment; its last record may end in the one that follows, so that one is fetched too where it is there. */
async function readSegment({ machine, segment, folder, fetch, onLine }: SegmentToRead): Promise<string | null> {
  const problem = await fetch(segment)
  if (problem !== null) return problem
  const { config, signal } = machine
  const segmentBytes = await bytesOf(join(folder, segment))
  const next = followingSegment(segment, segmentBytes)
  const hasNext = (await fetch(next)) === null
  const end = startOf(next, segmentBytes)
  const words = [
    join(config.postgres.binFolder, 'pg_waldump'),
    `--path=${folder}`,
    `--timeline=${timelineOf(segment)}`,
    `--start=${lsnOf(startOf(segment, segmentBytes))}`,
    // Else it would wait a while for the one that is not there.
    ...(hasNext ? [] : [`--end=${lsnOf(end)}`]),
  ]
  const errors: string[] = []
  let isThrough = false
  const exitCode = await streamProgram({
    program: programFrom(words, environmentOf(config), 'postgres'),
    cwd: folder,
    signal,
    onLine: (line, isError) => {
      if (isError) return void errors.push(line)
      const at = /, lsn: ([0-9A-F]+)\/([0-9A-F]+),/.exec(line)
      // What begins in the next one is read in its turn.
      isThrough ||= at !== null && BigInt(`0x${at[1]}`) * 2n ** 32n + BigInt(`0x${at[2]}`) >= end
      if (!isThrough) onLine(line)
      return !isThrough
    },
  })
  signal.throwIfAborted()
  // Without the next one it cannot but end with a complaint, as it does where Postgres wrote no further.
  return isThrough || exitCode === 0 || !hasNext || errors.some(isEndOfWal) ? null : errors.join(' ').slice(0, 300)
}

async function bytesOf(path: string): Promise<bigint> {
  return BigInt((await stat(path)).size)
}

function isEndOfWal(line: string): boolean {
  return /invalid (?:magic number|record length|record offset)|could not find file|wanted \d+, got 0/.test(line)
}
