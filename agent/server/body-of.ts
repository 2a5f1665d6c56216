import type { FastifyRequest } from 'fastify'

/** The bytes of a request's body: none when it has none. */
export function bodyOf(request: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array()
}
