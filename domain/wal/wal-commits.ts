/** A transaction that took something away, as the archived WAL tells it. */
export interface WalCommit {
  xid: string
  at: Date
  /** As Postgres writes it, e.g. `0/3000028`. */
  lsn: string
  timeline: number
  kind: 'drop' | 'truncate' | 'delete'
  /** Names where they can be resolved, else the number that Postgres knows the table by. */
  relations: string[]
  deletedRows: number
}

/** What the archive between two moments tells of transactions that took something away. */
export interface CommitsFound {
  /** Oldest first. */
  commits: WalCommit[]
  /** What could not be read, in sentences. */
  problems: string[]
  /** Commit times of the first and last transaction that was read, whatever it did; null = none. */
  firstAt: Date | null
  lastAt: Date | null
  /** Segments that were read, and the first and last of them by name. */
  segments: { count: number; first: string; last: string }
  /** True where the time between the moments holds more WAL than is read at once: its end was read. */
  isCut: boolean
  node: string
  repository: number
}

/** How a look for such transactions stands. */
export type CommitsLook =
  | { state: 'reading'; since: Date; progress: CommitsProgress | null }
  | { state: 'done'; found: CommitsFound }

/** How many WAL segments are read, of those that will be; not known before the archive is listed. */
export interface CommitsProgress {
  read: number
  total: number
}

/** What it says on its way, one line a segment. */
const segmentLine = /^Reading [0-9A-F]{24}\.$/

/** How many segments an agent began to read, by what it said: the one it reads now among them. */
export function segmentsBegun(lines: readonly string[]): number {
  return lines.filter((line) => segmentLine.test(line)).length
}

/** What the web tier asks a worker for. */
export interface CommitsQuestion {
  clusterId: string
  fromAt: Date
  toAt: Date
  /** Null = the first that can be read. */
  repository: number | null
}
