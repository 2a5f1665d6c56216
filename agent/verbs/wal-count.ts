import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WalCount } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { fetching, readSegment } from './archived-segments.ts'
import { CommitCount } from './commit-count.ts'
import type { Machine } from './machine.ts'
import { followingSegment, lsnOf, startOf } from './wal-segment.ts'

/**
 * Counts the commits that a recovery leaves out: in some segments of the archive, and in those that follow and are there already or in this node's own
 * WAL, up to a bound.
 */
export async function walCount(machine: Machine, args: ArgsOf<'wal-count'>, mostMs = usualMs): Promise<WalCount> {
  const { dataFolder } = machine.config.postgres
  const count = new CommitCount(args)
  const problems: string[] = []
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-wal-'))
  const until = performance.now() + mostMs
  // These are told by records of every kind; once they are met, only the ends of transactions matter.
  const isOfAnyKind = args.target.type === 'lsn' || args.target.type === 'name' || args.leftLsn !== null
  let segments = 0
  let readTo: bigint | null = null
  let isCut = false
  let isDoubtful = false
  try {
    const walFolder = join(dataFolder, 'pg_wal')
    const fetch = fetching({ machine, ...args, folder, walFolder })
    const queue = [...args.segments]
    for (let segment = queue.shift(); segment !== undefined; segment = queue.shift()) {
      machine.signal.throwIfAborted()
      if (segments >= args.most || performance.now() > until) {
        isCut = true
        break
      }
      const isListed = segments < args.segments.length
      // What follows those that were named may not be there yet.
      if (!isListed && (await fetch(segment)) !== null) break
      machine.say(`Reading ${segment}.`)
      const { problem, endedAt } = await readSegment({
        machine,
        segment,
        folder,
        fetch,
        heir: queue[0] ?? (isListed ? args.following : null),
        endsOnly: count.hasBegun || !isOfAnyKind,
        onLine: (line) => count.take(line),
      })
      // A file that stands ready for WAL to come holds some that is older.
      if (!isListed && problem !== null) {
        readTo = endedAt ?? readTo
        break
      }
      segments += 1
      if (segments === 1 && args.target.type === 'time') isDoubtful = count.hasBegun && !count.hasKept
      if (problem !== null) {
        problems.push(`${segment}: ${problem}`)
        continue
      }
      const path = join(folder, segment)
      const segmentBytes = BigInt((await stat(path)).size)
      await rm(path, { force: true })
      const onItsOwn = followingSegment(segment, segmentBytes)
      readTo = endedAt ?? startOf(onItsOwn, segmentBytes)
      if (queue.length === 0 && endedAt === null) queue.push(isListed ? args.following : onItsOwn)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return {
    commits: count.hasBegun ? count.commits : null,
    lastAt: count.lastAt,
    segments,
    isCut,
    isDoubtful,
    readTo: readTo === null ? null : lsnOf(readTo),
    problems,
  }
}

/** Nobody waits longer for a number. */
const usualMs = 120_000
