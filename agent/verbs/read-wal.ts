import {
  type CatalogRow,
  type Catalogs,
  type Doing,
  join,
  noteCatalog,
  noteFilled,
  nothingDone,
} from './transaction-so-far.ts'
import { fileOf, readEnd, readWalRecord, type WalRecord } from './wal-record.ts'

/** A committed transaction that took something away. Relations are named `database/number`. */
export interface Loss {
  xid: string
  at: string
  lsn: string
  kind: 'drop' | 'truncate' | 'delete'
  /** Numbers of the relations, as Postgres' catalog knows them, that it locked against everybody. */
  locked: string[]
  /** Files that it deleted, or deleted rows from. */
  files: string[]
  /** Files that it began anew. */
  made: string[]
  /** Where the catalog's rows stood of the relations that it dropped. */
  rows: CatalogRow[]
  /** Databases that it dropped. */
  databases: string[]
  deletedRows: number
}

/** Reads pg_waldump's lines, segment after segment of one timeline, and finds the transactions that took something away. */
export class WalReading {
  readonly #open = new Map<string, Doing>()
  readonly #catalogs: Catalogs
  readonly #leastRows: number
  firstAt: string | null = null
  lastAt: string | null = null

  constructor(catalogs: Catalogs, leastRows: number) {
    this.#catalogs = catalogs
    this.#leastRows = leastRows
  }

  /** The losses of the transaction that a line ends; none for any other line. */
  take(line: string): Loss[] {
    const record = readWalRecord(line)
    if (record === null || (record.xid === '0' && record.manager !== 'Transaction')) return []
    const end = readEnd(record)
    if (end === null) {
      this.#note(record)
      return []
    }
    const doing = this.#joined(end.xids)
    if (!end.isCommitted) return []
    this.firstAt ??= end.at
    this.lastAt = end.at
    const base = { xid: end.xids[0] ?? record.xid, at: end.at, lsn: record.lsn }
    return doing === null && end.files.length === 0
      ? []
      : lossesOf(doing ?? nothingDone(), end.files, this.#leastRows).map((loss) => ({ ...base, ...loss }))
  }

  /** What it did, its own transactions within it included; they are over now. */
  #joined(xids: readonly string[]): Doing | null {
    let whole: Doing | null = null
    for (const xid of xids) {
      const part = this.#open.get(xid)
      this.#open.delete(xid)
      if (part !== undefined) whole = whole === null ? part : join(whole, part)
    }
    return whole
  }

  #note(record: WalRecord): void {
    const { manager, xid, words, blocks } = record
    const known = this.#open.get(xid)
    if (known !== undefined && known.made.size > 0) noteFilled(known, record)
    const [first, second] = blocks
    if (manager === 'Heap') {
      if (first === undefined) return
      const name = `${first.database}/${first.file}`
      if (this.#isCatalog(name)) return noteCatalog(this.#doing(xid), record, second ?? first, this.#catalogs)
      if (words.startsWith('DELETE ')) {
        const { deleted } = this.#doing(xid)
        deleted.set(name, (deleted.get(name) ?? 0) + 1)
      }
      if (words.startsWith('TRUNCATE ')) this.#doing(xid).isTruncating = true
    } else if (manager === 'Storage' && words.startsWith('CREATE ')) {
      const file = fileOf(words)
      if (file !== null) this.#doing(xid).made.set(file, 'empty')
    } else if (manager === 'Standby' && words.startsWith('LOCK ')) {
      for (const [, database, relation] of words.matchAll(/xid \d+ db (\d+) rel (\d+)/g)) {
        this.#doing(xid).locked.add(`${database}/${relation}`)
      }
    } else if (manager === 'Database' && words.startsWith('DROP ')) {
      const database = /\b\d+\/(\d+)\b/.exec(words)?.[1]
      if (database !== undefined) this.#doing(xid).databases.add(database)
    }
  }

  #isCatalog(name: string): boolean {
    return this.#catalogs.classes.has(name) || this.#catalogs.types.has(name)
  }

  #doing(xid: string): Doing {
    const known = this.#open.get(xid)
    if (known !== undefined) return known
    const doing = nothingDone()
    this.#open.set(xid, doing)
    return doing
  }
}

type Found = Omit<Loss, 'xid' | 'at' | 'lsn'>

/**
 * Postgres deletes files also where nothing is lost: when it rewrites a table or an index into a new file. A dropped table is told by its rows in the
 * catalog; a truncated one by a file that takes the place of another and is empty, or filled by rows that came later.
 */
function lossesOf(doing: Doing, deletedFiles: readonly string[], leastRows: number): Found[] {
  const files = deletedFiles.filter((file) => !doing.made.has(file))
  const base = { locked: [...doing.locked], files, made: [], rows: [], databases: [], deletedRows: 0 }
  const losses: Found[] = []
  const isDrop = (files.length > 0 && doing.types > 0) || doing.databases.size > 0
  if (isDrop) losses.push({ ...base, kind: 'drop', rows: doing.rows, databases: [...doing.databases] })
  const made = [...doing.made].filter(([, state]) => state !== 'pages').map(([file]) => file)
  const isReplacing = files.length > 0 && made.length > 0 && !doing.isRewriting && !isDrop
  if (isReplacing || doing.isTruncating) losses.push({ ...base, kind: 'truncate', made })
  const deleted = [...doing.deleted].filter(
    ([file, rows]) => rows >= leastRows && Number(file.split('/')[1]) >= firstOwn,
  )
  if (deleted.length > 0) {
    const deletedRows = deleted.reduce((sum, [, rows]) => sum + rows, 0)
    losses.push({ ...base, kind: 'delete', files: deleted.map(([file]) => file), deletedRows })
  }
  return losses
}

/** Numbers below are the catalog's own. */
const firstOwn = 16_384
