import { isOpen, type AgentInvitation } from '#domain/agent/agent.ts'
import { formatInstant } from '#domain/format.ts'

/** An agent that was found waiting, and where. */
export interface WaitingAgent {
  invitationId: string
  /** What it says it is the agent of. */
  node: string
  address: string
}

/** Why an agent that waits is to be turned away, for whoever waits at the node; null = its invitation is good. */
export function whyTurnAway(waiting: WaitingAgent, invitation: AgentInvitation | null, now: Date): string | null {
  if (!invitation)
    return 'This console made no such token. Invite the node anew in the console that is to look after it.'
  const { node, address, endedAt, outcome, createdBy } = invitation
  const again = `Invite ${waiting.node} anew in the console.`
  if (outcome === 'enrolled' && endedAt) return `This token was used at ${formatInstant(endedAt)}. ${again}`
  if (outcome === 'cancelled') return `The invitation was cancelled. ${again}`
  if (outcome === 'replaced') return 'A newer invitation has taken its place: use the token of that one.'
  if (!isOpen(invitation, now)) return `This token expired at ${formatInstant(invitation.expiresAt)}. ${again}`
  if (waiting.node !== node) {
    return `${createdBy} invited ${node}, but this is the agent of ${waiting.node}. Use each token on its own node; the name stands in agent.toml.`
  }
  if (waiting.address !== address) {
    return `The invitation is for ${address}, but the agent was found on ${waiting.address}. Invite it with that address.`
  }
  return null
}
