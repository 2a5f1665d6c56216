import { clientsState, facts, keptData } from '#agent/protocol/results.ts'
import { type CopyRoom, copyRoomFaults, copyRoomUntold } from '#domain/recovery/copy-room.ts'
import { type NodePlace, placeFaults, placesUntold } from '#domain/recovery/data-place.ts'
import { formatBytes } from '#domain/format.ts'
import { unshutFault } from '#domain/plan/plan-restore/unshut.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { AppError } from '#server/errors.ts'
import { addressToLookAt } from '../leader-address.ts'
import { type Asking, askNode, askNodeOrOlder } from './ask-node.ts'
import { controlOf } from './control.ts'

export type Fault = { fault: string }

type Looking = Asking & { operation: { plan: RestorePlan } }

interface NodesSeen {
  /** True where the agent of the node that is recovered can be told what that needs at least. */
  takesLeast: boolean
  /** The replicas' Patroni configurations, as their files have them. */
  replicaConfigs: string[]
  freeBytes: number | null
  poolers: string[]
  /** That their poolers list, by name. */
  databases: string[]
  /** Said where it is not known of a node whether its data can be set aside, or whether a new copy fits beside it. */
  untold: string | null
}

/** What every node's agent says of its machine: each must answer, hold this cluster's data, and be able to set it aside whole. */
export async function lookAtNodes(context: Looking, snapshot: Snapshot): Promise<NodesSeen | Fault> {
  const { plan } = context.operation
  const seen = await Promise.all([plan.node, ...plan.replicas].map((node) => lookAtNode(context, snapshot, node)))
  const fault = seen.find((each) => 'fault' in each)
  if (fault && 'fault' in fault) return fault
  const sound = seen.flatMap((each) => ('fault' in each ? [] : [each]))
  const elsewhere = placeFaults(sound)
  if (elsewhere.length > 0) return { fault: elsewhere.join(' ') }
  const open = sound.filter(({ databases }) => databases === null).map(({ node }) => node)
  if (plan.clientsBack === 'end' && open.length > 0) return { fault: unshutFault(open) }
  const [own, ...others] = sound
  const freeBytes = own?.freeBytes ?? null
  const { neededBytes } = plan.space
  if (plan.wayBack === 'aside' && freeBytes !== null && neededBytes !== null && freeBytes < neededBytes) {
    return {
      fault: `${plan.node} has ${formatBytes(freeBytes)} free by now, and the recovered data needs about ${formatBytes(neededBytes)} beside the old. Make room first.`,
    }
  }
  const copies = plan.wayBack === 'aside' ? others.map(copyBeside) : []
  const lacking = neededBytes === null ? [] : copyRoomFaults(copies, neededBytes)
  if (lacking.length > 0) return { fault: lacking.join(' ') }
  const untold = [placesUntold(sound), neededBytes === null ? null : copyRoomUntold(copies, neededBytes)]
  return {
    freeBytes,
    poolers: sound.filter(({ databases }) => databases !== null).map(({ node }) => node),
    databases: sound.flatMap(({ databases }) => databases ?? []),
    takesLeast: own?.place?.obstacles !== undefined,
    replicaConfigs: others.map(({ patroniConfig }) => patroniConfig),
    untold: untold.filter((sentence) => sentence !== null).join(' ') || null,
  }
}

/** Where its old data is kept. Where that is deleted first the backups tell how much it takes, and the plan made anew is held against that. */
function copyBeside({ node, freeBytes, keepsOlder }: NodeSeen): CopyRoom {
  return { node, freeBytes, keepsOlder, givenUpBytes: null }
}

interface NodeSeen extends NodePlace {
  freeBytes: number | null
  keepsOlder: boolean
  patroniConfig: string
  /** That its pooler lists; null = it has none. */
  databases: string[] | null
}

async function lookAtNode(context: Looking, snapshot: Snapshot, node: string): Promise<NodeSeen | Fault> {
  const { plan } = context.operation
  const [{ seen, clients, kept }, own] = await Promise.all([
    askWhole(context, { node, needsKept: node === plan.node }),
    systemIdentifierOf(context, snapshot, node),
  ])
  if (plan.systemIdentifier !== null && own !== null && own !== plan.systemIdentifier) {
    return {
      fault: `The data on ${node} is another cluster's: its system identifier is ${own}, not ${plan.systemIdentifier}.`,
    }
  }
  if (seen.patroni.service === null) {
    return { fault: `The agent on ${node} cannot tell whether Patroni runs there: name its service in agent.toml.` }
  }
  return {
    node,
    databases: clients.pooler?.databases.map(({ name }) => name) ?? null,
    freeBytes: kept?.freeBytes ?? seen.dataFolder?.freeBytes ?? null,
    keepsOlder: (kept?.aside ?? []).length > 0,
    patroniConfig: seen.patroni.config?.text ?? '',
    place: kept?.place,
  }
}

/** In one call, as each is two programs that the node starts; what it does not tell there it is asked for by itself, which tells why. */
async function askWhole(context: Asking, { node, needsKept }: { node: string; needsKept: boolean }) {
  const args = { withoutVersions: true, withClients: true, withKept: true } as const
  const seen = await askNodeOrOlder(context, { node, verb: 'facts', args, older: {} }, facts, patienceMs)
  const [clients, kept] = await Promise.all([
    seen.clients ?? askNode(context, { node, verb: 'clients-state', args: {} }, clientsState, patienceMs),
    seen.kept ?? (needsKept ? askNode(context, { node, verb: 'data-kept', args: {} }, keptData, patienceMs) : null),
  ])
  return { seen, clients, kept }
}

/** Of the data on the node: by its Patroni, which costs nothing to ask, else by pg_controldata there. */
async function systemIdentifierOf(context: Looking, snapshot: Snapshot, node: string): Promise<string | null> {
  const url = addressToLookAt(snapshot, node)
  const told = url === null ? null : await context.cluster.patroni.status(url, context.signal).catch(nothingTold)
  return told?.systemIdentifier ?? (await controlOf(context, node))?.['Database system identifier'] ?? null
}

function nothingTold(error: unknown): null {
  if (error instanceof AppError && error.code !== 'internal') return null
  throw error
}

const patienceMs = 20_000
