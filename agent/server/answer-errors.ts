import type { FastifyRequest } from 'fastify'
import { statusOf } from '#agent/protocol/refusal.ts'
import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'
import { RefusedError } from '#agent/refused-error.ts'
import type { App } from './app.ts'
import type { AgentParts } from './parts.ts'

/** Answers every refusal and failure in one form, and records it. */
export function answerErrors(app: App, parts: AgentParts): void {
  app.setErrorHandler((error, request, reply) => {
    const refused = refusalOf(error)
    if (refused.code === 'failed') parts.log.error({ error, path: request.url }, 'a request failed')
    record(refused, request, parts)
    const body = { code: refused.code, sentence: refused.message.slice(0, 2_000) }
    return reply.status(statusOf(refused.code)).send(body)
  })
  app.setNotFoundHandler(() => {
    throw new RefusedError('not-found', 'There is nothing here.')
  })
}

function refusalOf(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new RefusedError('bad-request', 'The request cannot be read: it is too large or not well formed.')
  }
  return new RefusedError('failed', 'The agent failed at this request; its log on the node tells why.')
}

/** What strangers send is recorded no faster than they may ask, or they would push out what matters and fill the disk. */
function record(refused: RefusedError, request: FastifyRequest, { refusals, strangers, clock, log }: AgentParts): void {
  const { code, message: sentence } = refused
  if (code === 'busy') return
  if (code === 'bad-signature' && !strangers.take(request.ip, clock())) return
  const at = new Date(clock()).toISOString()
  refusals.record({ at, code, sentence }, { from: request.ip, path: request.url })
  if (!ofStrangers.includes(code)) log.warn({ code, from: request.ip, path: request.url.slice(0, 200) }, sentence)
}

const ofStrangers: readonly RefusalCode[] = ['bad-signature', 'not-enrolled', 'not-found', 'bad-request']
