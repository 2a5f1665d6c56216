/** The agent of one node as the console knows it. */
export interface Agent {
  id: string
  node: string
  /** `host:port`. */
  address: string
  version: string
  /** `locked` = it is not called any more until it is enrolled anew. */
  state: 'enrolled' | 'locked'
  lockedReason: string | null
  /** Its last good answer; null = none since it was enrolled. */
  seenAt: Date | null
  /** Why it cannot be asked now, in a sentence. */
  problem: string | null
  problemSince: Date | null
  /** The stanza of pgBackRest that it works on; null = not told yet. */
  stanza: string | null
  /** Verbs that the node's own settings forbid. */
  vetoed: string[]
  /** How far its clock is ahead of the console's; null = not measured yet. */
  clockSkewMs: number | null
  enrolledAt: Date
  enrolledBy: string
}

/** A token handed out for one node, without its text. */
export interface AgentInvitation {
  id: string
  node: string
  address: string
  createdBy: string
  createdAt: Date
  expiresAt: Date
  /** Null = it can still be used, until `expiresAt`. */
  endedAt: Date | null
  outcome: 'enrolled' | 'cancelled' | 'replaced' | 'expired' | null
  /** Why an agent that came with it was turned away last. */
  refusal: string | null
  /** Why the console finds nobody there now; null = somebody answers, or it has not looked yet. */
  problem: string | null
}

/** One node of a cluster with its agent, or none. */
export interface NodeAgent {
  node: string
  /** Host of the member, as the cluster tells it. */
  host: string | null
  /** False = an agent or invitation of a node that the cluster no longer knows. */
  isMember: boolean
  agent: Agent | null
  /** The newest, where it says something: it is open, or its agent was turned away, or it expired unused. */
  invitation: AgentInvitation | null
}

/** Where an agent listens unless told otherwise. */
export const agentPort = 8009

/** Where the agent on a host listens unless told otherwise: `host:port`, an IPv6 address in brackets. */
export function agentAddress(host: string): string {
  return `${host.includes(':') ? `[${host}]` : host}:${agentPort}`
}

/** How far a node's clock may be off before it is told; a request is good for 30 s either way. */
export const clockSkewLimitMs = 10_000

/** True while the invitation can be used. */
export function isOpen({ endedAt, expiresAt }: AgentInvitation, now: Date): boolean {
  return endedAt === null && expiresAt > now
}
