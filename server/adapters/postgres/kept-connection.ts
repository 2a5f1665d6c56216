import pg from 'pg'
import { refuseBarred, type Bar } from '../barred.ts'
import { LookError } from '../look-error.ts'
import { ReachedSocket } from '../reach/reached-socket.ts'
import type { Target } from '../target.ts'

/** Where something that speaks Postgres's protocol is, and as whom it is asked. */
export interface SqlAccess {
  host: string
  port: number
  user: string
  password: string | null
  bar?: Bar
  database: string
  /** Member it belongs to, for sentences. */
  who: string
  timeoutMs?: number
}

/** What is particular to the sessions of one kind of look. */
export interface SessionKind<T> {
  target: Target
  /** What a failure means for a person. */
  problemOf: (error: unknown, target: Target) => LookError
  config: Pick<pg.ClientConfig, 'statement_timeout' | 'query_timeout' | 'options'>
  /** For a client that does not greet as pg's own does. */
  newClient?: (config: pg.ClientConfig) => pg.Client
  /** Asked once on every new connection. */
  prepare: (client: pg.Client) => Promise<T>
}

/** One connection that is kept between uses; any failure drops it and the next use makes a new one, as after the other side ended it. */
export interface KeptConnection<T> {
  /** Throws LookError; one use at a time. */
  use<R>(work: (client: pg.Client, prepared: T) => Promise<R>, signal?: AbortSignal): Promise<R>
  close(): void
}

/** Opens no connection yet. TLS is used where the server has it, as sslmode=prefer. */
export function keepConnection<T>(access: SqlAccess, kind: SessionKind<T>): KeptConnection<T> {
  const { target } = kind
  const timeoutMs = access.timeoutMs ?? 5_000
  let open: Open<T> | null = null
  let hasTls = true

  const connect = async (signal: AbortSignal): Promise<Open<T>> => {
    try {
      return await connectOnce(access, kind, hasTls, signal)
    } catch (error) {
      if (!hasTls || !(error instanceof Error) || !/does not support SSL/i.test(error.message)) throw error
      hasTls = false
      return await connectOnce(access, kind, hasTls, signal)
    }
  }

  const workOn = async <R>(work: (client: pg.Client, prepared: T) => Promise<R>, signal: AbortSignal): Promise<R> => {
    if (access.password !== null) refuseBarred(access.bar, access.host)
    // One that the other side ended while it rested says nothing of how that is now.
    if (open?.isOver() === true) drop()
    open ??= await connect(signal)
    return await work(open.client, open.prepared)
  }

  const drop = () => {
    open?.destroy()
    open = null
  }

  return {
    async use(work, signal) {
      const ended = new AbortController()
      const end = () => ended.abort()
      signal?.addEventListener('abort', end)
      const timer = setTimeout(end, timeoutMs)
      try {
        return await Promise.race([workOn(work, ended.signal), rejectOn(ended.signal, target, timeoutMs)])
      } catch (error) {
        end()
        drop()
        throw kind.problemOf(error, target)
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
      }
    },
    close: drop,
  }
}

interface Open<T> {
  client: pg.Client
  prepared: T
  isOver(): boolean
  destroy(): void
}

async function connectOnce<T>(
  access: SqlAccess,
  kind: SessionKind<T>,
  hasTls: boolean,
  signal: AbortSignal,
): Promise<Open<T>> {
  // pg waits for the other side when it closes; a frozen server would keep the socket for ever, so it is ours to destroy.
  const socket = new ReachedSocket()
  const destroy = () => socket.destroy()
  signal.addEventListener('abort', destroy)
  const { newClient = (config) => new pg.Client(config) } = kind
  const client = newClient({
    host: access.host,
    port: access.port,
    user: access.user,
    // A function, or pg would take PGPASSWORD of the environment for an empty one and send it there.
    password: () => access.password ?? '',
    database: access.database,
    application_name: 'matriarch',
    ssl: hasTls ? { rejectUnauthorized: false } : false,
    stream: () => socket,
    keepAlive: true,
    connectionTimeoutMillis: 3_000,
    ...kind.config,
  })
  let isOver = false
  client.on('error', destroy)
  client.on('end', () => (isOver = true))
  try {
    await client.connect()
    return { client, prepared: await kind.prepare(client), isOver: () => isOver, destroy }
  } catch (error) {
    destroy()
    throw error
  } finally {
    signal.removeEventListener('abort', destroy)
  }
}

function rejectOn(signal: AbortSignal, target: Target, timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(
        new LookError(
          'timeout',
          `${target.system} of ${target.who} did not answer on ${target.address} within ${timeoutMs / 1000} s.`,
        ),
      )
    })
  })
}
