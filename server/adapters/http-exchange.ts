import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import { httpProblem, timeoutProblem, type Progress } from './http-problem.ts'
import { LookError } from './look-error.ts'
import type { Target } from './target.ts'

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
  /** An open connection to ask over; absent = one is opened. With it, `url` is http whatever the connection speaks. */
  connection?: Socket
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

/** Sends one request on a connection of its own; `close` must be called in any case. */
export function openExchange(question: HttpQuestion): Exchange {
  const { target } = question
  const progress: Progress = { isConnected: question.connection !== undefined, hasResponse: false }
  const timeoutMs = question.timeoutMs ?? 5_000
  let fail: (error: unknown) => void = () => {}
  const failed = new Promise<never>((_, reject) => {
    fail = (error) => reject(toProblem(error, target, progress))
  })
  failed.catch(() => {})

  const isSecure = question.url.protocol === 'https:'
  const request = (isSecure ? https : http).request(question.url, options(question))
  const timer = setTimeout(() => fail(timeoutProblem(target, timeoutMs, progress)), timeoutMs)
  const onAbort = () => fail(new LookError('timeout', `The look at ${target.who} on ${target.address} was broken off.`))
  if (question.signal?.aborted === true) onAbort()
  question.signal?.addEventListener('abort', onAbort)

  request.on('socket', (socket) =>
    socket.once(isSecure ? 'secureConnect' : 'connect', () => (progress.isConnected = true)),
  )
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
  const { body, basic, caPem, connection } = question
  const headers: Record<string, string> = { connection: 'close', 'accept-encoding': 'identity', ...question.headers }
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body))
  return {
    method: question.method ?? 'GET',
    headers,
    ...(connection ? { createConnection: () => connection } : { agent: false }),
    ...(basic ? { auth: `${basic.user}:${basic.password}` } : {}),
    ...(caPem ? { ca: caPem } : {}),
  }
}

function toProblem(error: unknown, target: Target, progress: Progress): LookError {
  return error instanceof LookError ? error : httpProblem(error, target, progress)
}
