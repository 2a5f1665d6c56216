import type { Checkpoint } from '#domain/audit-chain/checkpoint.ts'
import type { ClusterEvent } from '#domain/event.ts'
import type { AgentStatus } from '#server/adapters/agent/status.ts'
import { keepWitness, signCheckpoint } from '#server/audit/checkpoints.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import type { SigningKey } from '#server/store/signing-key.ts'

/** Signs checkpoints of the audit log and gives them to the agents, who are outside the store and its owner's reach. */
export class AuditWitnesses {
  private readonly store: Store
  private readonly signingKey: SigningKey
  private newest: Checkpoint | null = null
  /** Agents that have told that they keep checkpoints, with the record up to which each holds them. */
  private readonly keepers = new Map<string, number>()

  constructor(store: Store, signingKey: SigningKey) {
    this.store = store
    this.signingKey = signingKey
  }

  /** Signs a new checkpoint where one is due. */
  async sign(now: Date): Promise<Checkpoint | null> {
    this.newest = await signCheckpoint(this.store, this.signingKey.privateKey, now)
    return this.newest
  }

  /** What an agent is to keep; undefined = it has it, or is not known to keep any. */
  checkpointFor(agentId: string): Checkpoint | undefined {
    const held = this.keepers.get(agentId)
    if (held === undefined || this.newest === null) return undefined
    return held === this.newest.seq ? undefined : this.newest
  }

  /** Takes in what an agent holds; gives the event to tell where it disputes the chain for the first time. */
  async hear(tx: Queryable, agent: StoredAgent, look: { status: AgentStatus; at: Date }): Promise<ClusterEvent[]> {
    const told = look.status.checkpoints
    if (told === undefined) return []
    const { kept, problem, isDisputed } = told
    // What it disputes is given to it again and again: should the store be put right, it takes the next one.
    this.keepers.set(agent.id, isDisputed ? -1 : (kept?.seq ?? 0))
    if (kept === null) return []
    const name = `${agent.node} of ${agent.clusterName}`
    const { isNews } = await keepWitness(tx, { name, ...kept, problem }, look.at)
    if (!isNews || !isDisputed) return []
    const sentence = `The audit log of this console is disputed by ${agent.node}: ${problem ?? ''} Verify the audit log now, and keep ${agent.node}'s copy (matriarch-agent checkpoints).`
    const sources = [`agent ${agent.node}`]
    return [
      {
        kind: 'audit-log-disputed',
        at: look.at,
        member: agent.node,
        severity: 'critical',
        sentence,
        from: null,
        to: null,
        sources,
      },
    ]
  }
}
