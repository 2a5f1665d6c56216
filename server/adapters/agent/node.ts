import { facts, filePart, keptData } from '#agent/protocol/results.ts'
import type { DataPlace } from '#domain/recovery/data-place.ts'
import type { ExtractPart } from '#domain/rehearsal/extract-part.ts'
import type { NodeSight } from '#domain/snapshot/node-sight.ts'
import { replicaMethods } from '#domain/snapshot/replica-methods.ts'
import { unbound } from './call.ts'
import { callVerb } from './call-verb.ts'
import type { AskedAgent } from './pgbackrest.ts'
import { AgentRefusal } from './refusal.ts'

const mostKept = 100
const mostMethods = 20
const mostTablespaces = 20
/** Characters. */
const longestPath = 500
const mostObstacles = 10
const longestSentence = 1_500

/** What a node's own facts tell of its room and of how it makes replicas. Throws AppError, like all of these. */
export async function readNodeFacts({
  agent,
  key,
  signal,
}: AskedAgent): Promise<{ freeBytes: number | null; methods: string[] }> {
  const call = { agent, key, verb: 'facts', args: {}, binding: unbound, now: new Date(), signal } as const
  const told = await callVerb(call, facts)
  return {
    freeBytes: told.dataFolder?.freeBytes ?? null,
    methods: replicaMethods(told.patroni.config?.text ?? '').slice(0, mostMethods),
  }
}

/** What is kept aside on a node, the room that is left and where the data lies; null where its agent is too old to tell. */
export async function readKeptData({
  agent,
  key,
  signal,
}: AskedAgent): Promise<{ freeBytes: number | null; aside: NodeSight['keptAside']; place: DataPlace | null } | null> {
  const call = { agent, key, verb: 'data-kept', args: {}, binding: unbound, now: new Date(), signal } as const
  try {
    const { aside, freeBytes, place = null } = await callVerb(call, keptData)
    return {
      freeBytes,
      aside: aside.slice(0, mostKept).map(({ name, since }) => ({ name, since: new Date(since) })),
      place: place && bounded(place),
    }
  } catch (error) {
    if (error instanceof AgentRefusal && error.refusal === 'unknown-verb') return null
    throw error
  }
}

/** As much of it as the store keeps of a node, whatever an agent says. */
function bounded({ tablespaces, obstacles, ...place }: DataPlace): DataPlace {
  // Through UTF-8: of half a character the store takes none.
  const short = (text: string, most = longestPath) => Buffer.from(text.slice(0, most)).toString()
  const shortOrNull = (text: string | null) => (text === null ? null : short(text))
  return {
    ...place,
    folder: short(place.folder),
    linkedTo: shortOrNull(place.linkedTo),
    walPath: shortOrNull(place.walPath),
    tablespaces: tablespaces
      .slice(0, mostTablespaces)
      .map(({ oid, path }) => ({ oid: short(oid, 20), path: short(path) })),
    ...(obstacles === undefined
      ? {}
      : { obstacles: obstacles.slice(0, mostObstacles).map((sentence) => short(sentence, longestSentence)) }),
  }
}

/** A piece of the file that a rehearsal left on a node. */
export function readFilePart({ agent, key, signal }: AskedAgent, name: string, offset: number): Promise<ExtractPart> {
  const args = { name, offset }
  return callVerb({ agent, key, verb: 'rehearsal-fetch', args, binding: unbound, now: new Date(), signal }, filePart)
}
