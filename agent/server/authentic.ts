import type { FastifyRequest } from 'fastify'
import { authenticate } from '#agent/guard/authenticate.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { bodyOf } from './body-of.ts'
import type { AgentParts } from './parts.ts'

/** The body of a request that the console signed, and what it is bound to. */
export async function authentic(
  request: FastifyRequest,
  { state, keys, clock }: AgentParts,
): Promise<{ body: Uint8Array; binding: Binding }> {
  const body = bodyOf(request)
  const path = request.raw.url ?? ''
  const at = { state, agentId: keys.agentId, nowSeconds: clock() / 1_000 }
  return { body, binding: await authenticate({ path, headers: request.headers, body }, at) }
}
