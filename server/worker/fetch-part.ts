import type { ExtractPart, ExtractPartQuestion } from '#domain/rehearsal/extract-part.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import { readFilePart } from '#server/adapters/agent/node.ts'
import { AppError } from '#server/errors.ts'
import { findAgent } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'

/** Fetches a piece of a file that a rehearsal left on a node; throws AppError. */
export async function fetchPart(
  { store, key, signal }: { store: Store; key: CallKey; signal: AbortSignal },
  { clusterId, node, name, offset }: ExtractPartQuestion,
): Promise<ExtractPart> {
  const agent = await findAgent(store.pool, clusterId, node)
  if (agent?.state === 'enrolled') return readFilePart({ agent, key, signal }, name, offset)
  throw new AppError('refused', `No agent that may be asked is enrolled on ${node}, which keeps the file.`)
}
