import type { HaproxyDetail, HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { DatabaseDetail, PostgresDetail } from '#domain/stack/postgres-detail.ts'

/** What a Postgres says that is well and does nothing, with what is to be otherwise. */
export function madePostgres(change: Partial<PostgresDetail> = {}): PostgresDetail {
  return {
    version: 150_020,
    inRecovery: false,
    startedAt: new Date('2026-11-20T06:00:00Z'),
    lsn: 1_000_000,
    senders: [],
    receiver: null,
    slots: [],
    archiver: null,
    connections: { clients: 3, walSenders: 2, max: 100, reserved: 3, waitingOnLock: 0, waitingOnSync: 0 },
    sessions: [{ database: 'app', state: 'idle', count: 2, oldestTransactionSeconds: null }],
    longSessions: [],
    blocked: [],
    databases: [],
    horizon: { sessions: null, slots: null, prepared: null, standbys: null },
    checkpoints: { timed: 10, requested: 1, writeSeconds: 5, syncSeconds: 1, buffersWritten: 100, lastAt: null },
    wal: { bytesTotal: null, folderBytes: 64_000_000, folderFiles: 4 },
    settings: {},
    sizesAt: null,
    ...change,
  }
}

/** A database nothing was ever done in, with what is to be otherwise. */
export function madeDatabase(name: string, change: Partial<DatabaseDetail> = {}): DatabaseDetail {
  return {
    name,
    sizeBytes: 8_000_000,
    xidAge: 1_000,
    mxidAge: 1,
    commitsTotal: 0,
    rollbacksTotal: 0,
    deadlocksTotal: 0,
    tempBytesTotal: 0,
    blocksReadTotal: 0,
    blocksHitTotal: 0,
    rowsReturnedTotal: 0,
    rowsWrittenTotal: 0,
    checksumFailures: null,
    checksumFailedAt: null,
    statsReset: null,
    ...change,
  }
}

/** A pooler with one pool of twenty servers, with what is to be otherwise. */
export function madePooler(change: Partial<PoolerDetail> = {}): PoolerDetail {
  return {
    version: '1.18.0',
    state: null,
    pools: [
      {
        database: 'app',
        user: 'shop',
        mode: 'transaction',
        clientsActive: 30,
        clientsWaiting: 0,
        serversActive: 5,
        serversIdle: 3,
        serversUsed: 2,
        serversTested: 0,
        serversLogin: 0,
        serversBeingCanceled: 0,
        maxWaitSeconds: 0,
      },
    ],
    databases: [
      {
        name: 'app',
        host: '127.0.0.1',
        port: 5432,
        database: 'app',
        forceUser: null,
        poolSize: 20,
        minPoolSize: 0,
        reservePoolSize: 0,
        mode: null,
        maxConnections: 0,
        currentConnections: 10,
        maxClients: null,
        currentClients: null,
        isPaused: false,
        isDisabled: false,
      },
    ],
    users: [],
    clients: [],
    clientsLeftOut: 0,
    servers: [],
    serversLeftOut: 0,
    lists: { used_clients: 30 },
    config: { max_client_conn: '100' },
    stats: [],
    ...change,
  }
}

/** A HAProxy with one backend for writes and these servers in it. */
export function madeHaproxy(...servers: (Partial<HaproxyServer> & { name: string })[]): HaproxyDetail {
  return {
    proxies: [{ name: 'primary', mode: 'tcp', frontend: null, backend: madeTraffic, servers: servers.map(madeServer) }],
  }
}

const madeTraffic = {
  status: 'UP',
  sessions: 4,
  sessionsMax: 9,
  sessionsLimit: null,
  sessionsTotal: 100,
  rate: 0,
  bytesIn: 0,
  bytesOut: 0,
  queued: 0,
  connectionErrors: 0,
  responseErrors: 0,
}

function madeServer(change: Partial<HaproxyServer> & { name: string }): HaproxyServer {
  return {
    ...madeTraffic,
    address: null,
    isUp: true,
    admin: 'ready',
    check: 'L7OK',
    checkCode: 200,
    checkMilliseconds: 1,
    lastCheck: '',
    weight: 1,
    isBackup: false,
    changedSeconds: null,
    downSeconds: null,
    lastSessionSeconds: null,
    ...change,
  }
}
