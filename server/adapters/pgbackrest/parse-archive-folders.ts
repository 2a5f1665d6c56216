import type { ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { Target } from '../target.ts'
import { parseJson } from '../json.ts'
import { listingSchema, parseRepoLs } from './parse-repo-ls.ts'

/** What lies at the top of an archive. */
export interface ArchiveFolders {
  /** 16 hexadecimal digits each, timeline and log; in order. */
  folders: string[]
  histories: ArchivedWal['histories']
}

/** Parses `pgbackrest repo-ls archive/<stanza>/<archive id> --output=json` without --recurse; throws LookError. */
export function parseArchiveFolders(
  body: string,
  at: { repository: number; archiveId: string },
  target: Target,
): ArchiveFolders {
  const entries = Object.entries(parseJson(body, listingSchema, target))
  const folders = entries.filter(([name, { type }]) => type === 'path' && /^[0-9A-F]{16}$/.test(name))
  return {
    folders: folders.map(([name]) => name).toSorted(),
    histories: parseRepoLs(body, at, target).histories,
  }
}
