import { itemsOf, type WalRecord } from './wal-record.ts'

/** Where a row of the catalog stands. */
export interface CatalogRow {
  database: string
  file: string
  block: number
  item: number
}

/** Which files hold pg_class and pg_type, as `database/file`: their usual names, and those that they have got since. */
export interface Catalogs {
  classes: ReadonlySet<string>
  types: ReadonlySet<string>
}

/** What a transaction has done so far. */
export interface Doing {
  /** Rows deleted, by file. */
  deleted: Map<string, number>
  /** Files it began, and what has come into them. */
  made: Map<string, 'empty' | 'rows' | 'pages'>
  /** Rows of the catalog that it wrote itself. */
  written: Set<string>
  /** Rows of pg_class that were there before and that it deleted. */
  rows: CatalogRow[]
  /** How many rows of pg_type that were there before it deleted: each table has some, an index has none. */
  types: number
  /** True where it deleted a relation that it had made itself, as rewriting a table does. */
  isRewriting: boolean
  isTruncating: boolean
  locked: Set<string>
  databases: Set<string>
}

export function nothingDone(): Doing {
  return {
    deleted: new Map(),
    made: new Map(),
    written: new Set(),
    rows: [],
    types: 0,
    isRewriting: false,
    isTruncating: false,
    locked: new Set(),
    databases: new Set(),
  }
}

/** Notes what comes into the files that it began. */
export function noteFilled({ made }: Doing, { manager, blocks }: WalRecord): void {
  for (const { database, file } of blocks) {
    const name = `${database}/${file}`
    if (made.has(name)) made.set(name, manager === 'Heap' || manager === 'Heap2' ? 'rows' : 'pages')
  }
}

/** Notes what it does to a row of the catalog. `old`: the block that the row was in before an update; for other records the only block there is. */
export function noteCatalog(
  doing: Doing,
  { words, blocks }: WalRecord,
  old: WalRecord['blocks'][number],
  catalogs: Catalogs,
): void {
  const [block] = blocks
  const { item, from } = itemsOf(words)
  if (block === undefined || item === null) return
  const placeOf = (at: typeof block, number: number) => `${at.database}/${at.file}/${at.block}/${number}`
  if (words.startsWith('INSERT')) doing.written.add(placeOf(block, item))
  else if (/^(?:HOT_)?UPDATE/.test(words) && from !== null) {
    if (doing.written.delete(placeOf(old, from))) doing.written.add(placeOf(block, item))
  } else if (words.startsWith('DELETE')) {
    const isOwn = doing.written.delete(placeOf(block, item))
    const isClass = catalogs.classes.has(`${block.database}/${block.file}`)
    if (isOwn) doing.isRewriting = true
    else if (isClass) doing.rows.push({ ...block, item })
    else doing.types++
  }
}

/** A transaction with one within it. */
export function join(one: Doing, other: Doing): Doing {
  for (const [file, rows] of other.deleted) one.deleted.set(file, (one.deleted.get(file) ?? 0) + rows)
  for (const [file, state] of other.made) one.made.set(file, state)
  return {
    ...one,
    written: new Set([...one.written, ...other.written]),
    rows: [...one.rows, ...other.rows],
    types: one.types + other.types,
    isRewriting: one.isRewriting || other.isRewriting,
    isTruncating: one.isTruncating || other.isTruncating,
    locked: new Set([...one.locked, ...other.locked]),
    databases: new Set([...one.databases, ...other.databases]),
  }
}
