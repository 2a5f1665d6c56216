/** What one pgBouncer process says of itself, 1.18 to 1.25; null = this version does not tell it. */
export interface PoolerDetail {
  version: string
  /** Of the whole process; null = this version does not tell it (no SHOW STATE before 1.19). */
  state: 'active' | 'paused' | 'suspended' | null
  /** pgBouncer's own console is left out of all lists. */
  pools: Pool[]
  databases: PoolerDatabase[]
  users: PoolerUser[]
  /** At most 200, those that wait first. */
  clients: PoolerClient[]
  clientsLeftOut: number
  servers: PoolerServer[]
  serversLeftOut: number
  /** SHOW LISTS by name. */
  lists: Record<string, number>
  /** SHOW CONFIG by key. */
  config: Record<string, string>
  /** Counters by database since the process or its pool began. */
  stats: PoolerStats[]
}

export interface Pool {
  database: string
  user: string
  /** session, transaction or statement. */
  mode: string
  /** Logged in, idle ones included. */
  clientsActive: number
  clientsWaiting: number
  serversActive: number
  serversIdle: number
  serversUsed: number
  serversTested: number
  serversLogin: number
  serversBeingCanceled: number
  maxWaitSeconds: number
}

export interface PoolerDatabase {
  name: string
  /** Null = a Unix socket. */
  host: string | null
  port: number
  database: string
  forceUser: string | null
  poolSize: number
  minPoolSize: number
  reservePoolSize: number
  mode: string | null
  /** Of servers, over all users; 0 = no limit. */
  maxConnections: number
  currentConnections: number
  /** Of clients, from 1.24 on; 0 = no limit. */
  maxClients: number | null
  currentClients: number | null
  /** PAUSE of this database alone. */
  isPaused: boolean
  isDisabled: boolean
}

export interface PoolerUser {
  name: string
  mode: string | null
  /** Set for this user alone; null = not, or it cannot be told from the user listed before. */
  poolSize: number | null
  reservePoolSize: number | null
  /** Of servers, over all databases; 0 = no limit. From 1.23 on. */
  maxConnections: number | null
  currentConnections: number | null
  /** Of clients, from 1.24 on; 0 = no limit. */
  maxClients: number | null
  currentClients: number | null
}

export interface PoolerClient {
  user: string
  database: string
  state: string
  address: string
  port: number
  application: string | null
  waitSeconds: number
  /** Names it in a KILL_CLIENT, from 1.24 on. */
  id: string | null
}

export interface PoolerServer {
  user: string
  database: string
  state: string
  address: string
  port: number
  /** Of the Postgres backend behind it. */
  backendPid: number | null
  closeNeeded: boolean
}

export interface PoolerStats {
  database: string
  transactions: number
  queries: number
  receivedBytes: number
  sentBytes: number
  transactionMicroseconds: number
  queryMicroseconds: number
  waitMicroseconds: number
  /** From 1.23 on. */
  serverAssignments: number | null
}
