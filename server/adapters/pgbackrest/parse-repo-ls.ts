import { z } from 'zod'
import type { ArchivedSegment, ArchivedWal } from '#domain/wal/archived-wal.ts'
import { parseJson } from '../json.ts'
import type { Target } from '../target.ts'

/**
 * Parses `pgbackrest repo-ls archive/<stanza>[/<archive id>] --recurse --output=json`: what is archived for one archive id, in
 * the order of the names. Files of other archive ids and of other kinds are left out; throws LookError.
 */
export function parseRepoLs(
  body: string,
  { repository, archiveId }: { repository: number; archiveId: string },
  target: Target,
): ArchivedWal {
  const found: ArchivedWal = { repository, archiveId, segments: [], partials: [], histories: [] }
  const files = Object.entries(parseJson(body, listingSchema, target)).toSorted(([a], [b]) => (a < b ? -1 : 1))
  for (const [path, { type, size, time }] of files) {
    if (type !== 'file' || typeof time !== 'number' || !isOf(path, archiveId)) continue
    const archivedAt = new Date(time * 1000)
    if (Number.isNaN(archivedAt.getTime())) continue
    const name = path.slice(path.lastIndexOf('/') + 1)
    addTo(found, name, { archivedAt, sizeBytes: size ?? 0 })
  }
  return found
}

function addTo(found: ArchivedWal, name: string, seen: Omit<ArchivedSegment, 'name'>): void {
  const wal = /^([0-9A-F]{24})(\.partial)?-[0-9a-f]{40}(?:\.(?:gz|lz4|zst|bz2))?$/.exec(name)
  if (wal !== null) {
    const segment = { name: wal[1] ?? '', ...seen }
    if (wal[2] === undefined) found.segments.push(segment)
    else found.partials.push(segment)
    return
  }
  const history = /^([0-9A-F]{8})\.history$/.exec(name)
  if (history === null) return
  found.histories.push({ timeline: Number.parseInt(history[1] ?? '', 16), archivedAt: seen.archivedAt })
}

/** Paths are relative to what was listed: they begin with the archive id only where its parent was. */
function isOf(path: string, archiveId: string): boolean {
  const head = /^(\d{1,2}(?:\.\d)?-\d{1,4})\//.exec(path)?.[1]
  return head === undefined || head === archiveId
}

const entrySchema = z.object({
  type: z.string().max(40),
  size: z.number().nonnegative().nullish(),
  time: z.number().nonnegative().nullish(),
})
/** What `repo-ls --output=json` answers. */
export const listingSchema = z.record(z.string(), entrySchema)
