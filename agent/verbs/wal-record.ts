/** One record as pg_waldump tells of it. */
export interface WalRecord {
  manager: string
  xid: string
  lsn: string
  /** What it does, in pg_waldump's words. */
  words: string
  /** The blocks it changes; an update names the new place first. */
  blocks: { database: string; file: string; block: number }[]
}

/** Reads a line of pg_waldump; null for one that is no record. */
export function readWalRecord(line: string): WalRecord | null {
  const found = /^rmgr: (\S+)\s+len .*?, tx:\s*(\d+), lsn: ([0-9A-F]+)\/([0-9A-F]+), .*?desc: (.*)$/.exec(line)
  if (found === null) return null
  const [, manager = '', xid = '', high = '', low = '', words = ''] = found
  const at = words.indexOf('blkref #')
  const blocks = at < 0 ? [] : blocksIn(words.slice(at))
  // It fills the lower half with zeroes, Postgres does not.
  return { manager, xid, lsn: `${high}/${low.replace(/^0+(?=.)/, '')}`, words, blocks }
}

function blocksIn(text: string): WalRecord['blocks'] {
  // Only what lies in the main fork says where a row is.
  return [...text.matchAll(/rel \d+\/(\d+)\/(\d+) (fork \w+ )?blk (\d+)/g)].flatMap(([, database, file, fork, block]) =>
    fork === undefined ? [{ database: database ?? '', file: file ?? '', block: Number(block) }] : [],
  )
}

/** Where in its block a row is that a record of the heap is about; `from` for the one that an update replaces. */
export function itemsOf(words: string): { item: number | null; from: number | null } {
  const number = (form: RegExp) => {
    const found = form.exec(words)?.[1]
    return found === undefined ? null : Number(found)
  }
  // Up to Postgres 15 `UPDATE off 5 xmax .. ; new off 18 ..`, since then `UPDATE old_xmax: .., old_off: 5, .., new_off: 18`.
  const updated = number(/\bnew[_ ]off:? (\d+)/)
  if (updated === null) return { item: number(/\boff:? (\d+)/), from: null }
  return { item: updated, from: number(/\bold_off: (\d+)/) ?? number(/\boff (\d+)/) }
}

export interface TransactionEnd {
  isCommitted: boolean
  /** The transaction that ended, with those within it. */
  xids: string[]
  /** UTC, microseconds. */
  at: string
  /** Files of relations that are deleted with it, as `database/file`. */
  files: string[]
}

/** Reads the end of a transaction; null for any other record. Wants pg_waldump to have run in the zone UTC. */
export function readEnd({ manager, xid, words }: WalRecord): TransactionEnd | null {
  if (manager !== 'Transaction') return null
  const found = /^(COMMIT|ABORT)(_PREPARED)?(?: (\d+):)? (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d+) UTC/.exec(words)
  if (found === null) return null
  const [, kind, , prepared, at] = found
  const within = /; subxacts: ([\d ]+)/.exec(words)?.[1]?.trim().split(' ') ?? []
  const files = /; rels: ([^;]+)/.exec(words)?.[1]?.trim().split(/\s+/) ?? []
  return {
    isCommitted: kind === 'COMMIT',
    xids: [prepared ?? xid, ...within],
    at: `${at}+00`,
    files: files.flatMap((path) => fileOf(path) ?? []),
  }
}

/** `base/5/16384` and `pg_tblspc/16390/PG_15_202209061/5/16384` are both file 16384 of database 5; null for a fork of it. */
export function fileOf(path: string): string | null {
  const [, database, file] = /(\d+)\/(\d+)$/.exec(path) ?? []
  return database === undefined || file === undefined ? null : `${database}/${file}`
}
