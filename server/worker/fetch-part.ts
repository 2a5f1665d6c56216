import { filePart } from '#agent/protocol/results.ts'
import type { ExtractPart, ExtractPartQuestion } from '#domain/extract-part.ts'
import { type CallKey, unbound } from '#server/adapters/agent/call.ts'
import { callVerb } from '#server/adapters/agent/call-verb.ts'
import { AppError } from '#server/errors.ts'
import { findAgent } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'

/** Fetches a piece of a file that a rehearsal left on a node; throws AppError. */
export async function fetchPart(
  { store, key, signal }: { store: Store; key: CallKey; signal: AbortSignal },
  { clusterId, node, name, offset }: ExtractPartQuestion,
): Promise<ExtractPart> {
  const agent = await findAgent(store.pool, clusterId, node)
  if (agent?.state !== 'enrolled') {
    throw new AppError('refused', `No agent that may be asked is enrolled on ${node}, which keeps the file.`)
  }
  const args = { name, offset }
  return callVerb({ agent, key, verb: 'rehearsal-fetch', args, binding: unbound, now: new Date(), signal }, filePart)
}
