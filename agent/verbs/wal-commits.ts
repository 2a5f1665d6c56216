import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WalCommits } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { massDeleteRows } from '#domain/wal/mass-delete.ts'
import { fetching, readSegment, timelineOf } from './archived-segments.ts'
import { liveDatabases, liveNames } from './live-relations.ts'
import type { Machine } from './machine.ts'
import { nameLoss, readDropped, unwrittenSentence, wantedFor } from './name-losses.ts'
import { placeOf } from './postgres-place.ts'
import { type Loss, WalReading } from './read-wal.ts'

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
    const fetch = fetching({ machine, ...args, folder })
    for (const timeline of new Set(segments.map(timelineOf))) {
      const reading = new WalReading(catalogs, massDeleteRows)
      for (const segment of segments.filter((one) => timelineOf(one) === timeline)) {
        machine.signal.throwIfAborted()
        machine.say(`Reading ${segment}.`)
        const { problem } = await readSegment({
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
