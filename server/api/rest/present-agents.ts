import { isOpen, type NodeAgent } from '#domain/agent/agent.ts'
import { agentWords } from '#domain/agent/agent-words.ts'

/** The nodes of a cluster with their agents, judged as of now. */
export function presentAgents({ nodes, serverNow }: { nodes: NodeAgent[]; serverNow: Date }) {
  return nodes.map((each) => {
    const { node, agent, invitation } = each
    return {
      node,
      ...agentWords(each, serverNow),
      address: agent?.address ?? null,
      version: agent?.version ?? null,
      seenAt: agent?.seenAt ?? null,
      vetoed: agent?.vetoed ?? [],
      clockSkewMs: agent?.clockSkewMs ?? null,
      enrolledAt: agent?.enrolledAt ?? null,
      enrolledBy: agent?.enrolledBy ?? null,
      invitation:
        invitation && isOpen(invitation, serverNow)
          ? { expiresAt: invitation.expiresAt, address: invitation.address, createdBy: invitation.createdBy }
          : null,
    }
  })
}
