import type { Pool, PoolerDatabase, PoolerDetail, PoolerUser } from '#domain/stack/pooler-detail.ts'

/** A pool of the database orders and the user app, idle unless said otherwise. */
export function madePool(more: Partial<Pool> = {}): Pool {
  return {
    database: 'orders',
    user: 'app',
    mode: 'transaction',
    clientsActive: 0,
    clientsWaiting: 0,
    serversActive: 0,
    serversIdle: 0,
    serversUsed: 0,
    serversTested: 0,
    serversLogin: 0,
    serversBeingCanceled: 0,
    maxWaitSeconds: 0,
    ...more,
  }
}

/** The database orders with twenty servers for each user. */
export function madePoolerDatabase(more: Partial<PoolerDatabase> = {}): PoolerDatabase {
  return {
    name: 'orders',
    host: '127.0.0.1',
    port: 5432,
    database: 'orders',
    forceUser: null,
    poolSize: 20,
    minPoolSize: 0,
    reservePoolSize: 0,
    mode: null,
    maxConnections: 0,
    currentConnections: 0,
    maxClients: null,
    currentClients: null,
    isPaused: false,
    isDisabled: false,
    ...more,
  }
}

/** The user app without limits of its own. */
export function madePoolerUser(more: Partial<PoolerUser> = {}): PoolerUser {
  return {
    name: 'app',
    mode: null,
    poolSize: null,
    reservePoolSize: null,
    maxConnections: null,
    currentConnections: null,
    maxClients: null,
    currentClients: null,
    ...more,
  }
}

/** A pgBouncer 1.24 with that database, that user and these pools. */
export function madePooler(more: Partial<PoolerDetail> = {}): PoolerDetail {
  return {
    version: '1.24.1',
    state: 'active',
    pools: [madePool()],
    databases: [madePoolerDatabase()],
    users: [madePoolerUser()],
    clients: [],
    clientsLeftOut: 0,
    servers: [],
    serversLeftOut: 0,
    lists: {},
    config: {},
    stats: [],
    ...more,
  }
}
