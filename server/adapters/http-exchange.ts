import type { LookupAddress } from 'node:dns'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { httpProblem, timeoutProblem, type Progress } from './http-problem.ts'
import { LookError } from './look-error.ts'
import { lookupInReach, refuseOutOfReach } from './reach/guard.ts'
import { portOf, type Target } from './target.ts'

export interface HttpQuestion {
  target: Target
  url: URL
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
  basic?: { user: string; password: string } | null
  /** PEM of the CA that signed the server; null = the system's authorities. */
  caPem?: string | null
  /** For the whole exchange, name look-up to last byte; default 5,000. */
  timeoutMs?: number
  limitBytes?: number
  /** What is asked for is the status: of the body as much as the limit allows and can be read, and nothing fails for it. */
  isStatusEnough?: boolean
  /** An open connection to ask over; absent = one is opened. With it, `url` is http whatever the connection speaks. */
  connection?: Socket
  /** Connections that are kept from question to question, each open before it is given one; `url` is http with them too. */
  kept?: http.Agent
  /** Addresses of the host, looked up and approved before; absent = it is looked up. */
  addresses?: readonly LookupAddress[]
  signal?: AbortSignal | undefined
}

/** One request under way. */
export interface Exchange {
  /** The response once its head is there. */
  response: Promise<IncomingMessage>
  /** Lets `work` on the body fail with the exchange: at the deadline, on abort, on a broken connection. */
  guard<T>(work: Promise<T>): Promise<T>
  /** Ends the deadline, not the exchange: for streams that stay open. */
  stay(): void
  close(): void
}

/** A connection that was kept broke before any answer came over it: the other side may have closed it before it was asked. */
export class KeptConnectionLost extends LookError {
  constructor(problem: LookError) {
    super(problem.kind, problem.message, { cause: problem.cause, mayHaveArrived: problem.mayHaveArrived })
    this.name = 'KeptConnectionLost'
  }
}

/** Sends one request, on a connection of its own where none are kept; `close` must be called in any case. Throws OutOfReach before anything is opened. */
export function openExchange(question: HttpQuestion): Exchange {
  const { target } = question
  if (isOwnConnection(question)) refuseOutOfReach(question.url.hostname, portOf(question.url))
  const progress: Progress = { isConnected: question.connection !== undefined, hasResponse: false }
  let isReused = false
  const timeoutMs = question.timeoutMs ?? 5_000
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = (error) => {
      const problem = toProblem(error, target, progress)
      reject(isReused && !progress.hasResponse && isBroken(problem, error) ? new KeptConnectionLost(problem) : problem)
    }
  })
  failed.catch(() => {})

  const isSecure = question.url.protocol === 'https:'
  const request = (isSecure ? https : http).request(question.url, options(question))
  const timer = setTimeout(() => fail(timeoutProblem(target, timeoutMs, progress)), timeoutMs)
  const onAbort = () => fail(new LookError('timeout', `The look at ${target.who} on ${target.address} was broken off.`))
  if (question.signal?.aborted === true) onAbort()
  question.signal?.addEventListener('abort', onAbort)

  request.on('socket', (socket) => {
    isReused = request.reusedSocket
    if (question.kept) progress.isConnected = true
    else socket.once(isSecure ? 'secureConnect' : 'connect', () => (progress.isConnected = true))
  })
  request.on('error', fail)
  const head = new Promise<IncomingMessage>((resolve) => {
    request.on('response', (response) => {
      progress.hasResponse = true
      response.on('error', fail)
      resolve(response)
    })
  })
  request.end(question.body)

  const guard = <T>(work: Promise<T>) => {
    work.catch(fail)
    return Promise.race([work.catch(() => failed), failed])
  }
  return {
    response: guard(head),
    guard,
    stay: () => clearTimeout(timer),
    close() {
      clearTimeout(timer)
      question.signal?.removeEventListener('abort', onAbort)
      request.destroy()
    },
  }
}

function options(question: HttpQuestion): RequestOptions & https.RequestOptions {
  const { body, basic, caPem, connection, kept, addresses } = question
  const headers: Record<string, string> = { 'accept-encoding': 'identity', ...question.headers }
  if (!kept) headers['connection'] = 'close'
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
  return {
    method: question.method ?? 'GET',
    headers,
    ...(connection ? { createConnection: () => connection } : { agent: kept ?? false }),
    ...(basic ? { auth: `${basic.user}:${basic.password}` } : {}),
    ...(caPem ? { ca: caPem } : {}),
    lookup: addresses ? lookupAmong(addresses) : lookupInReach(portOf(question.url)),
  }
}

// What is given or kept was judged when it was opened.
function isOwnConnection({ connection, kept }: HttpQuestion): boolean {
  return connection === undefined && kept === undefined
}

function lookupAmong(addresses: readonly LookupAddress[]): LookupFunction {
  return (_, { all }, done) => {
    const [first] = addresses
    if (all === true) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
}

function toProblem(error: unknown, target: Target, progress: Progress): LookError {
  return error instanceof LookError ? error : httpProblem(error, target, progress)
}

/** True where the connection itself failed, not the time that was given or what came over it. */
function isBroken(problem: LookError, cause: unknown): boolean {
  return cause !== problem && (problem.kind === 'unreachable' || problem.kind === 'empty-reply')
}
