import { LookError } from './look-error.ts'
import { place, type Target } from './target.ts'
import { tlsSentence } from './tls-problem.ts'

/** How far an exchange had come when it failed. */
export interface Progress {
  isConnected: boolean
  hasResponse: boolean
}

/** Says what a failed exchange means for a person: refused, no route, empty reply, TLS, reset or nonsense. */
export function httpProblem(cause: unknown, target: Target, progress: Progress): LookError {
  const { code, message } = errorWords(cause)
  const options = { cause, mayHaveArrived: progress.isConnected }
  const at = place(target)
  const tls = tlsSentence(code, message, target)
  if (tls !== null) return new LookError('tls', tls, { cause, mayHaveArrived: false })
  if (code === 'ECONNREFUSED') {
    return new LookError('refused', `Nothing listens ${at}: check that ${target.system} runs there.`, options)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new LookError('unreachable', `The host name of ${target.system} ${at} cannot be resolved.`, options)
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL') {
    return new LookError('unreachable', `There is no route to ${target.system} ${at}.`, options)
  }
  if (code === 'ETIMEDOUT')
    return new LookError('timeout', `${target.system} ${at} could not be reached in time.`, options)
  if (code.startsWith('HPE_') || code === 'ERR_INVALID_HTTP_TOKEN') {
    return new LookError('protocol', `Something answers ${at}, but not in HTTP as ${target.system} does.`, options)
  }
  // Node words a connection that was closed in good order before the first byte of a response so; a reset says ECONNRESET by `read`.
  if (message === 'socket hang up' && progress.isConnected && !progress.hasResponse) return emptyReply(target, cause)
  return new LookError(
    'unreachable',
    `The connection to ${target.system} ${at} broke before its answer was complete.`,
    options,
  )
}

/** No answer within the deadline. */
export function timeoutProblem(target: Target, timeoutMs: number, progress: Progress): LookError {
  const sentence = `${target.who} did not answer on ${target.address} within ${seconds(timeoutMs)}.`
  return new LookError('timeout', sentence, { mayHaveArrived: progress.isConnected })
}

function emptyReply(target: Target, cause: unknown): LookError {
  const hint = target.system === 'Patroni' ? ': Patroni does so when it cannot reach its DCS' : ''
  const sentence = `${target.who} closed the connection on ${target.address} without an answer${hint}.`
  return new LookError('empty-reply', sentence, { cause })
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`
}

function errorWords(cause: unknown): { code: string; message: string } {
  if (!(cause instanceof Error)) return { code: '', message: String(cause) }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return { code, message: cause.message }
}
