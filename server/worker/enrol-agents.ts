import { isOpen } from '#domain/agent/agent.ts'
import type { MemberSnapshot } from '#domain/snapshot/snapshot.ts'
import { enrolAgent, UnprovenError } from '#server/adapters/agent/enrol.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { findWaiting, turnAway, type Waiting } from '#server/adapters/agent/waiting.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import {
  expireInvitations,
  findInvitation,
  keepProblem,
  lastInvitations,
  readInvitationSecret,
  recentInvitations,
  type StoredInvitation,
} from '#server/store/agent-invitations.ts'
import { agentsToWatch, findAgent, type StoredAgent } from '#server/store/agents.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import type { SigningKey } from '#server/store/signing-key.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { allEnded } from './all-ended.ts'
import { keepEnrolled, keepTurnedAway, NotKeptError } from './keep-enrolment.ts'
import { whyTurnAway } from './waiting-agent.ts'
import { eachOnce, silentPlaces, type WaitingPlace, waitingPlaces } from './waiting-places.ts'

export interface Enrolment {
  store: Store
  keys: WorkerKeys
  signingKey: SigningKey
  executorId: string
  log: Log
  signal: AbortSignal
}

const toldAtMost = 1_000

/** Where to look beside the places of the last hour's invitations. */
interface Beside {
  /** Enrolled agents that say that they wait. */
  agents?: readonly StoredAgent[]
  /** At all nodes without an agent, too. */
  isWide?: boolean
}

/** Attends to whoever waits where the last hour's invitations lead, or next to it; `told` remembers what was told already. */
export async function enrolWaiting(
  enrolment: Enrolment,
  told: Set<string>,
  beside: Beside = {},
): Promise<StoredInvitation[]> {
  const { store, executorId } = enrolment
  await expireInvitations(store)
  const recent = await recentInvitations(store, executorId)
  const places = await placesOf(enrolment, recent, beside)
  for (const isInvited of [true, false]) {
    const these = places.filter((place) => place.isInvited === isInvited)
    const attends = these.map((place) => ({ of: place, done: attend(enrolment, { place, recent, told }) }))
    await allEnded(attends, enrolment)
  }
  return recent
}

async function placesOf(
  { store, executorId }: Enrolment,
  recent: readonly StoredInvitation[],
  { agents = [], isWide = false }: Beside,
): Promise<WaitingPlace[]> {
  const last = isWide ? await lastInvitations(store, executorId) : []
  const members = new Map<string, readonly MemberSnapshot[]>()
  for (const clusterId of new Set([...recent, ...last].map((invitation) => invitation.clusterId))) {
    members.set(clusterId, (await latestSnapshot(store, clusterId))?.members ?? [])
  }
  const membersOf = (clusterId: string) => members.get(clusterId) ?? []
  const oldestFirst = recent.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  const telling = agents.map(({ node, address, clusterId, clusterName }) => {
    const cluster = { clusterId, clusterName }
    return { node, address, cluster, expected: null, isInvited: false }
  })
  const silent = isWide ? silentPlaces(last, membersOf, await agentsToWatch(store, executorId)) : []
  return eachOnce([...waitingPlaces(oldestFirst, membersOf, new Date()), ...telling, ...silent])
}

interface Attended {
  place: WaitingPlace
  recent: readonly StoredInvitation[]
  told: Set<string>
}

async function attend(enrolment: Enrolment, attended: Attended): Promise<void> {
  const { store, log, signal } = enrolment
  const { place } = attended
  const { expected } = place
  const awaited = () => (place.isInvited && expected && isOpen(expected, new Date()) ? expected.id : null)
  try {
    const waiting = await findWaiting(place, signal)
    if (waiting) await decide(enrolment, attended, waiting)
    const id = awaited()
    if (id !== null) await keepProblem(store, id, null)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'store-unreachable' || signal.aborted) throw error
    // Nobody there is how it begins: whoever invited is told, the log is not.
    const id = awaited()
    if (id !== null) await keepProblem(store, id, error.message)
    else log.debug({ reason: error.message }, 'no agent waits there')
  }
}

async function decide(enrolment: Enrolment, attended: Attended, waiting: Waiting): Promise<void> {
  const { store, keys, signingKey, signal } = enrolment
  const { place, recent } = attended
  const { invitationId } = waiting
  const { address } = place
  const invitation = recent.find(({ id }) => id === invitationId) ?? (await findInvitation(store, invitationId))
  if (invitation && (await isKept(store, invitation, waiting))) return
  const reason = whyTurnAway({ ...waiting, address }, invitation, new Date())
  if (reason !== null || !invitation) {
    await refuse(enrolment, attended, { waiting, invitation, reason: reason ?? '' })
    return
  }
  const secret = await readInvitationSecret(store.pool, keys, invitationId)
  if (secret === null) return
  try {
    const enrolled = await enrolAgent({ place: invitation, invitationId, secret, ...signingKey, signal })
    await keepEnrolled(store, invitation, enrolled)
    enrolment.log.info({ cluster: invitation.clusterName, node: invitation.node }, 'its agent is enrolled')
  } catch (error) {
    if (!(error instanceof UnprovenError) && !(error instanceof NotKeptError)) throw error
    await refuse(enrolment, attended, { waiting, invitation, reason: error.message })
  }
}

/** True for an agent that is enrolled on both sides by this invitation, and only has not been asked anything yet. */
async function isKept(store: Store, invitation: StoredInvitation, { agentId }: Waiting): Promise<boolean> {
  const { clusterId, node, outcome } = invitation
  if (outcome !== 'enrolled' || agentId === undefined) return false
  return (await findAgent(store.pool, clusterId, node))?.id === agentId
}

async function refuse(
  { store, signingKey, log, signal }: Enrolment,
  { place, told }: Attended,
  given: { waiting: Waiting; invitation: StoredInvitation | null; reason: string },
): Promise<void> {
  const { waiting, invitation, reason } = given
  const { invitationId } = waiting
  const { address, cluster } = place
  // Whoever listens there chooses the ids of tokens that never were: one word on all of them.
  const key = `${address} ${invitation ? `${invitation.id} ${reason}` : 'unknown'}`
  if (!told.has(key)) {
    await keepTurnedAway(store, { cluster: invitation ?? cluster, ...waiting, address, reason })
    remember(told, key)
    log.warn({ address, node: waiting.node, reason }, 'an agent was turned away')
  }
  // An agent that waits for another console does not hear this one, and keeps a record of each try.
  const unheard = `${address} ${invitationId} does not hear`
  if (told.has(unheard)) return
  try {
    await turnAway({ place, invitationId, reason, ...signingKey, signal })
  } catch (error) {
    if (error instanceof AgentRefusal && error.refusal === 'bad-signature') remember(told, unheard)
    throw error
  }
}

function remember(told: Set<string>, what: string): void {
  if (told.size > toldAtMost) told.clear()
  told.add(what)
}
