import { z } from 'zod'
import type { Pool, PoolerClient, PoolerDatabase, PoolerServer, PoolerStats } from '#domain/stack/pooler-detail.ts'
import { clean } from '../clean-text.ts'

/** A word of the console, bounded. */
export const word = z.string().transform((text) => clean(text).slice(0, 400))

/** A whole number; pg gives 64-bit ones and numerics as text. */
export const count = z.union([z.number(), z.string().regex(/^\s*-?\d{1,20}\s*$/)]).transform(Number)

/** Rows of SHOW POOLS. */
export const poolRow = z
  .object({
    database: word,
    user: word,
    cl_active: count,
    cl_waiting: count,
    sv_active: count,
    sv_idle: count,
    sv_used: count,
    sv_tested: count,
    sv_login: count,
    sv_being_canceled: count.optional(),
    maxwait: count,
    maxwait_us: count,
    pool_mode: word,
  })
  .transform((row): Pool => ({
    database: row.database,
    user: row.user,
    mode: row.pool_mode,
    clientsActive: row.cl_active,
    clientsWaiting: row.cl_waiting,
    serversActive: row.sv_active,
    serversIdle: row.sv_idle,
    serversUsed: row.sv_used,
    serversTested: row.sv_tested,
    serversLogin: row.sv_login,
    serversBeingCanceled: row.sv_being_canceled ?? 0,
    maxWaitSeconds: seconds(row.maxwait, row.maxwait_us),
  }))

/** Rows of SHOW DATABASES; the reserve has another name from 1.24 on. */
export const databaseRow = z
  .object({
    name: word,
    host: word.nullable(),
    port: count,
    database: word,
    force_user: word.nullable(),
    pool_size: count,
    min_pool_size: count,
    reserve_pool: count.optional(),
    reserve_pool_size: count.optional(),
    pool_mode: word.nullable(),
    max_connections: count,
    current_connections: count,
    max_client_connections: count.optional(),
    current_client_connections: count.optional(),
    paused: count,
    disabled: count,
  })
  .transform((row): PoolerDatabase => ({
    name: row.name,
    host: row.host,
    port: row.port,
    database: row.database,
    forceUser: row.force_user,
    poolSize: row.pool_size,
    minPoolSize: row.min_pool_size,
    reservePoolSize: row.reserve_pool_size ?? row.reserve_pool ?? 0,
    mode: row.pool_mode,
    maxConnections: row.max_connections,
    currentConnections: row.current_connections,
    maxClients: row.max_client_connections ?? null,
    currentClients: row.current_client_connections ?? null,
    isPaused: row.paused !== 0,
    isDisabled: row.disabled !== 0,
  }))

const socket = { user: word, database: word, state: word, addr: word, port: count }

/** Rows of SHOW CLIENTS. */
export const clientRow = z
  .object({
    ...socket,
    application_name: word.nullish(),
    wait: count,
    wait_us: count,
    id: z.union([z.string(), z.number()]).nullish(),
  })
  .transform((row): PoolerClient => ({
    user: row.user,
    database: row.database,
    state: row.state,
    address: row.addr,
    port: row.port,
    application: row.application_name || null,
    waitSeconds: seconds(row.wait, row.wait_us),
    id: row.id === undefined || row.id === null ? null : clean(String(row.id)).slice(0, 40),
  }))

/** Rows of SHOW SERVERS. */
export const serverRow = z
  .object({ ...socket, remote_pid: count, close_needed: count })
  .transform((row): PoolerServer => ({
    user: row.user,
    database: row.database,
    state: row.state,
    address: row.addr,
    port: row.port,
    backendPid: row.remote_pid === 0 ? null : row.remote_pid,
    closeNeeded: row.close_needed !== 0,
  }))

/** Rows of SHOW STATS_TOTALS. */
export const statsRow = z
  .object({
    database: word,
    server_assignment_count: count.optional(),
    xact_count: count,
    query_count: count,
    bytes_received: count,
    bytes_sent: count,
    xact_time: count,
    query_time: count,
    wait_time: count,
  })
  .transform((row): PoolerStats => ({
    database: row.database,
    transactions: row.xact_count,
    queries: row.query_count,
    receivedBytes: row.bytes_received,
    sentBytes: row.bytes_sent,
    transactionMicroseconds: row.xact_time,
    queryMicroseconds: row.query_time,
    waitMicroseconds: row.wait_time,
    serverAssignments: row.server_assignment_count ?? null,
  }))

/** Rows of SHOW LISTS. */
export const listRow = z.object({ list: word, items: count })

/** Rows of SHOW STATE. */
export const stateRow = z.object({ key: word, value: word })

/** Rows of SHOW CONFIG. */
export const configRow = z.object({ key: word, value: word.nullable().transform((value) => value ?? '') })

// Whole seconds and what is left of them, in microseconds.
function seconds(whole: number, micro: number): number {
  return (whole * 1e6 + micro) / 1e6
}
