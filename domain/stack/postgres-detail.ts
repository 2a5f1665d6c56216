/**
 * What the statistics of one Postgres say, 13 to 18; null = this version or this user's rights do not tell it, never zero.
 * Seconds are floats, bytes whole numbers, LSNs absolute byte positions.
 */
export interface PostgresDetail {
  /** server_version_num. */
  version: number
  inRecovery: boolean
  startedAt: Date | null
  /** Position written by a primary, replayed by a standby. */
  lsn: number | null
  /** WAL senders of this server: its standbys, base backups and logical subscribers. */
  senders: WalSender[]
  /** Only of a standby. */
  receiver: WalReceiver | null
  slots: ReplicationSlot[]
  archiver: ArchiverDetail | null
  connections: ConnectionCounts
  /** Sessions by database and state. */
  sessions: SessionGroup[]
  /** Active over 30 s or idle in a transaction over 60 s, the oldest transaction first; at most 100. */
  longSessions: Session[]
  /** Who waits for whom, a tree in order: parents before children. */
  blocked: BlockedSession[]
  databases: DatabaseDetail[]
  /** Who holds back the oldest row version, in transactions; null = nobody does. */
  horizon: { sessions: number | null; slots: number | null; prepared: number | null; standbys: number | null }
  checkpoints: CheckpointCounts | null
  wal: { bytesTotal: number | null; folderBytes: number | null; folderFiles: number | null }
  /** Settings that the rules read or that a change waits in, by name; what is set for the console's own role or database is left out. */
  settings: Record<string, PostgresSetting>
  /** Tables' sizes and the like are asked seldom: when the sizes of databases were. */
  sizesAt: Date | null
}

export interface WalSender {
  pid: number
  /** Of a member: its name, as Patroni sets it. */
  application: string
  address: string | null
  /** startup, catchup, streaming, backup or stopping. */
  state: string
  /** async, potential, sync or quorum. */
  syncState: string
  slot: string | null
  sentLagBytes: number | null
  writeLagBytes: number | null
  flushLagBytes: number | null
  replayLagBytes: number | null
  /** With no bytes behind 0 s; null with bytes behind is not known. */
  writeLagSeconds: number | null
  flushLagSeconds: number | null
  replayLagSeconds: number | null
  replyAgeSeconds: number | null
}

export interface WalReceiver {
  /** Null = no receiver runs: it is not streaming. */
  status: string | null
  senderHost: string | null
  senderPort: number | null
  slot: string | null
  receivedLsn: number | null
  replayedLsn: number | null
  timeline: number | null
  lastMessageAgeSeconds: number | null
  replayPaused: boolean | null
}

export interface ReplicationSlot {
  name: string
  type: 'physical' | 'logical'
  database: string | null
  active: boolean
  temporary: boolean
  /** reserved, extended, unreserved or lost. */
  walStatus: string | null
  retainedBytes: number | null
  /** Bytes that may still be written before it is lost; null = no limit is set. */
  safeBytes: number | null
  xminAge: number | null
  conflicting: boolean | null
  invalidationReason: string | null
}

export interface ArchiverDetail {
  mode: string
  /** Or the name of the library that archives; null = nothing does. */
  command: string | null
  archivedCount: number
  failedCount: number
  lastArchivedWal: string | null
  lastArchivedAt: Date | null
  lastFailedWal: string | null
  lastFailedAt: Date | null
  /** Its newest try failed. */
  isFailing: boolean
  /** Segments that wait. */
  readyCount: number | null
}

export interface ConnectionCounts {
  /** Client backends, this console's included. */
  clients: number
  walSenders: number
  max: number
  /** Kept for superusers and, from 16 on, for reserved roles. */
  reserved: number
  waitingOnLock: number
  /** Sessions that wait for a synchronous standby. */
  waitingOnSync: number
}

export interface SessionGroup {
  database: string
  state: string
  count: number
  oldestTransactionSeconds: number | null
}

export interface Session {
  pid: number
  /** To the millisecond; with the pid it names one session: pids are used again. */
  backendStart: Date
  user: string | null
  database: string | null
  application: string
  address: string | null
  state: string | null
  /** Kind and name, e.g. Lock:transactionid. */
  waitEvent: string | null
  transactionSeconds: number | null
  querySeconds: number | null
  stateSeconds: number | null
  /** At most 500 characters, as it runs; may hold secrets, so it is shown by right only. */
  query: string
}

export interface BlockedSession {
  depth: number
  /** Pid of whom it waits for; null = it waits for nobody and holds up others. */
  blockedBy: number | null
  /** 0 = a prepared transaction. */
  pid: number
  backendStart: Date | null
  user: string | null
  database: string | null
  application: string
  state: string | null
  waitEvent: string | null
  transactionSeconds: number | null
  query: string
}

export interface DatabaseDetail {
  name: string
  sizeBytes: number | null
  xidAge: number
  mxidAge: number
  commitsTotal: number
  rollbacksTotal: number
  deadlocksTotal: number
  tempBytesTotal: number
  blocksReadTotal: number
  blocksHitTotal: number
  rowsReturnedTotal: number
  rowsWrittenTotal: number
  checksumFailures: number | null
  /** When a page failed last; null = none did since the counters began. */
  checksumFailedAt: Date | null
  statsReset: Date | null
}

export interface CheckpointCounts {
  timed: number
  requested: number
  writeSeconds: number
  syncSeconds: number
  buffersWritten: number
  lastAt: Date | null
}

export interface PostgresSetting {
  value: string
  unit: string | null
  source: string
  pendingRestart: boolean
}
