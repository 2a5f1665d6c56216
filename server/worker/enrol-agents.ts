import { isOpen } from '#domain/agent.ts'
import type { MemberSnapshot } from '#domain/snapshot.ts'
import { enrolAgent, UnprovenError } from '#server/adapters/agent/enrol.ts'
import { findWaiting, turnAway, type Waiting } from '#server/adapters/agent/waiting.ts'
import { startLoop, type Loop } from '#server/collector/loop.ts'
import { AppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import {
  expireInvitations,
  findInvitation,
  keepProblem,
  readInvitationSecret,
  recentInvitations,
  type StoredInvitation,
} from '#server/store/agent-invitations.ts'
import { findAgent } from '#server/store/agents.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import type { SigningKey } from '#server/store/signing-key.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { allEnded } from './all-ended.ts'
import { keepEnrolled, keepTurnedAway, NotKeptError } from './keep-enrolment.ts'
import { whyTurnAway } from './waiting-agent.ts'
import { type WaitingPlace, waitingPlaces } from './waiting-places.ts'

export interface Enrolment {
  store: Store
  keys: WorkerKeys
  signingKey: SigningKey
  executorId: string
  log: Log
  signal: AbortSignal
}

/** Looks for agents that wait to be enrolled, as long as any invitation is young; a notice wakes it. */
export function startEnrolling(enrolment: Enrolment): Loop {
  const told = new Set<string>()
  let restMs = 0
  return startLoop({
    name: 'enrolment',
    log: enrolment.log,
    signal: enrolment.signal,
    beatMs: () => restMs,
    look: async () => {
      const recent = await whileStoreIsThere(() => enrolWaiting(enrolment, told))
      restMs = restOf(recent, new Date())
    },
  })
}

const openBeatMs = 2_000
/** A token that was used before, or came too late, is looked for as well. */
const recentBeatMs = 5_000
const idleMs = 60_000

function restOf(recent: readonly StoredInvitation[], now: Date): number {
  if (recent.some((invitation) => isOpen(invitation, now))) return openBeatMs
  return recent.length > 0 ? recentBeatMs : idleMs
}

const toldAtMost = 1_000

/** Attends to whoever waits where the last hour's invitations lead, or next to it; `told` remembers what was told already. */
export async function enrolWaiting(enrolment: Enrolment, told: Set<string>): Promise<StoredInvitation[]> {
  const { store, executorId } = enrolment
  await expireInvitations(store)
  const recent = await recentInvitations(store, executorId)
  const members = new Map<string, readonly MemberSnapshot[]>()
  for (const clusterId of new Set(recent.map((invitation) => invitation.clusterId))) {
    members.set(clusterId, (await latestSnapshot(store, clusterId))?.members ?? [])
  }
  const oldestFirst = recent.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
  const places = waitingPlaces(oldestFirst, (clusterId) => members.get(clusterId) ?? [], new Date())
  for (const isInvited of [true, false]) {
    const these = places.filter((place) => place.isInvited === isInvited)
    const attends = these.map((place) => ({ of: place, done: attend(enrolment, { place, recent, told }) }))
    await allEnded(attends, enrolment)
  }
  return recent
}

interface Attended {
  place: WaitingPlace
  recent: readonly StoredInvitation[]
  told: Set<string>
}

async function attend(enrolment: Enrolment, attended: Attended): Promise<void> {
  const { store, log, signal } = enrolment
  const { place } = attended
  const isAwaited = () => place.isInvited && isOpen(place.expected, new Date())
  try {
    const waiting = await findWaiting(place, signal)
    if (waiting) await decide(enrolment, attended, waiting)
    if (isAwaited()) await keepProblem(store, place.expected.id, null)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'store-unreachable' || signal.aborted) throw error
    // Nobody there is how it begins: whoever invited is told, the log is not.
    if (isAwaited()) await keepProblem(store, place.expected.id, error.message)
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
  const { address, expected } = place
  // Whoever listens there chooses the ids of tokens that never were: one word on all of them.
  const key = `${address} ${invitation ? `${invitation.id} ${reason}` : 'unknown'}`
  if (!told.has(key)) {
    await keepTurnedAway(store, { invitation: invitation ?? expected, ...waiting, address, reason })
    if (told.size > toldAtMost) told.clear()
    told.add(key)
    log.warn({ address, node: waiting.node, reason }, 'an agent was turned away')
  }
  await turnAway({ place, invitationId: waiting.invitationId, reason, ...signingKey, signal })
}

async function whileStoreIsThere(look: () => Promise<StoredInvitation[]>): Promise<StoredInvitation[]> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof AppError && error.code === 'store-unreachable') return []
    throw error
  }
}
