import type { ChainEnd } from '#domain/audit-chain/link.ts'
import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import { disputedSentence, goneCheckpoint } from '#domain/audit-chain/why-disputed.ts'
import type { ClusterEvent } from '#domain/event.ts'
import type { AgentStatus } from '#server/adapters/agent/status.ts'
import { signCheckpoint, type SigningStand } from '#server/audit/checkpoints.ts'
import { hasCheckpoint, whyNotHeld, whyNotLedTo } from '#server/audit/held-against.ts'
import { findWitness, keepWitness } from '#server/audit/witnesses.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import type { SigningKey } from '#server/store/signing-key.ts'

interface Keeper {
  /** What it told that it holds; null = nothing yet. */
  held: ChainEnd | null
  isContradicted: boolean
}

/**
 * Signs checkpoints of the audit log and gives them to the agents, who are outside the store and its owner's reach. What an agent holds is held
 * against the log before it is kept, and an agent is given a newer one only where that follows from it, record by record.
 */
export class AuditWitnesses {
  private readonly store: Store
  private readonly signingKey: SigningKey
  private newest: Checkpoint | null = null
  /** Agents that have told that they keep checkpoints. */
  private readonly keepers = new Map<string, Keeper>()
  /** Why an agent was not given the newest. */
  private readonly doubts = new Map<string, string>()
  /** What the newest is known to follow from. */
  private readonly proven = new Set<string>()
  private readonly toldGone = new Set<string>()

  constructor(store: Store, signingKey: SigningKey) {
    this.store = store
    this.signingKey = signingKey
  }

  /** Signs a new checkpoint where one is due. */
  async sign(now: Date): Promise<SigningStand> {
    const stand = await signCheckpoint(this.store, this.signingKey.privateKey, now, this.newest)
    // What was signed once stays known here, whatever comes of the store.
    if (stand.problem !== null || stand.newest === null || stand.newest.seq < (this.newest?.seq ?? 0)) return stand
    if (stand.newest.hash !== this.newest?.hash) this.proven.clear()
    this.newest = stand.newest
    return stand
  }

  /** What an agent is to keep; undefined = it has it, is not known to keep any, or holds what the log contradicts. */
  async checkpointFor(agentId: string): Promise<Checkpoint | undefined> {
    this.doubts.delete(agentId)
    const keeper = this.keepers.get(agentId)
    const { newest } = this
    if (keeper === undefined || newest === null || keeper.isContradicted) return undefined
    if (keeper.held === null) return newest
    if (keeper.held.seq >= newest.seq) return undefined
    const doubt = await this.whyNotFrom(keeper.held, newest)
    if (doubt === null) return newest
    this.doubts.set(agentId, doubt)
    return undefined
  }

  /** Takes in what an agent holds; gives the events to tell where that and the log contradict each other for the first time. */
  async hear(tx: Queryable, agent: StoredAgent, look: { status: AgentStatus; at: Date }): Promise<ClusterEvent[]> {
    const told = look.status.checkpoints
    if (told === undefined) return []
    const name = `${agent.node} of ${agent.clusterName}`
    const before = await findWitness(tx, name)
    // What was kept before this agent was enrolled is of the one whose place it took.
    const own = before !== null && before.keptAt >= agent.enrolledAt ? before : null
    const evidence = own && (await whyNotHeld(tx, own))
    const held = evidence === null ? told.kept : before
    const news = told.kept?.seq === own?.seq && told.kept?.hash === own?.hash ? null : told.kept
    const contradiction = evidence ?? (news && (await whyNotHeld(tx, news)))
    this.keepers.set(agent.id, { held: told.kept, isContradicted: contradiction !== null })
    if (held === null) return []
    const fault = contradiction ?? this.doubts.get(agent.id) ?? null
    const problem = fault ?? told.problem
    const isDisputed = fault !== null || told.isDisputed
    const { isNews } = await keepWitness(tx, { name, seq: held.seq, hash: held.hash, problem, isDisputed }, look.at)
    if (isNews) return [disputed(agent, look.at, problem ?? '')]
    return isDisputed ? [] : this.tellGone(tx, { agent, held, at: look.at })
  }

  private async tellGone(
    tx: Queryable,
    { agent, held, at }: { agent: StoredAgent; held: ChainEnd; at: Date },
  ): Promise<ClusterEvent[]> {
    const of = `${agent.id} ${held.seq}`
    if (this.toldGone.has(of) || (await hasCheckpoint(tx, held))) return []
    this.toldGone.add(of)
    return [eventOf(agent, at, goneCheckpoint({ seq: held.seq, by: agent.node }))]
  }

  private async whyNotFrom(held: ChainEnd, newest: Checkpoint): Promise<string | null> {
    const end = `${held.seq} ${held.hash}`
    if (this.proven.has(end)) return null
    const why = await whyNotLedTo(this.store.pool, held, newest)
    if (why === null && newest === this.newest) this.proven.add(end)
    return why
  }
}

function disputed(agent: StoredAgent, at: Date, why: string): ClusterEvent {
  const { node } = agent
  return eventOf(agent, at, disputedSentence({ by: node, why, copy: `${node}'s copy (matriarch-agent checkpoints)` }))
}

function eventOf({ node }: StoredAgent, at: Date, sentence: string): ClusterEvent {
  const told = { from: null, to: null, sources: [`agent ${node}`] }
  return { kind: 'audit-log-disputed', at, member: node, severity: 'critical', sentence, ...told }
}
