import fastify from 'fastify'
import { namesPinnedKey, notSigned } from '#agent/guard/authenticate.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { answerErrors } from './answer-errors.ts'
import type { App } from './app.ts'
import { addEnrolmentRoutes } from './enrolment-routes.ts'
import { limitConnections } from './limit-connections.ts'
import type { AgentParts } from './parts.ts'
import { addStatusRoute } from './status-route.ts'
import { addVerbRoute } from './verb-route.ts'

/** The agent's one port: TLS, small requests, and nothing read of a request that cannot be the console's. */
export function createApp(parts: AgentParts): App {
  const app: App = fastify({
    https: {
      ...parts.keys.tls,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
      maxHeaderSize: 8_192,
      headersTimeout: 10_000,
    },
    bodyLimit: 65_536,
    requestTimeout: 15_000,
    keepAliveTimeout: 75_000,
    // Longer than the longest call takes.
    connectionTimeout: 90_000,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    // Every body is checked by what reads it: without this Fastify loads two compilers of schemas that nobody asks, for good.
    schemaController: { compilersFactory: { buildValidator: compilesNothing, buildSerializer: compilesNothing } },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    },
  })
  limitConnections(app.server, { all: 128, each: 32 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  answerErrors(app, parts)
  turnStrangersAway(app, parts)
  addEnrolmentRoutes(app, parts)
  if (parts.verbs) {
    addStatusRoute(app, parts, parts.verbs)
    addVerbRoute(app, parts, parts.verbs)
  }
  return app
}

/** Before its body is read: a request that does not name the pinned key is worth a moment, and not many of those. */
function turnStrangersAway(app: App, { state, strangers, clock }: AgentParts): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    if (namesPinnedKey(request.headers, state.enrolled)) return
    if (!strangers.take(request.ip, clock())) {
      void reply.header('connection', 'close')
      throw new RefusedError('busy', 'Too many requests that no console signed come from this address. Wait a second.')
    }
    if (!/^\/v1\/enrol(\/|$)/.test(request.url)) throw notSigned(state.enrolled)
  })
}

function compilesNothing(): never {
  throw new Error('No route of the agent has a schema that Fastify is to compile.')
}
