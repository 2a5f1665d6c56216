import type { NodeAgent } from '#domain/agent/agent.ts'
import { inviteAgent, type Invited } from '../agents/invite.ts'
import { listNodeAgents } from '../agents/list.ts'
import { cancelInvitationOf, removeNodeAgent } from '../agents/remove.ts'
import { invitation, ofCluster, ofNode } from '../inputs/agents.ts'
import { command, query, router } from '../trpc.ts'
import { clusterIn } from '../concern.ts'

export const agentsRouter = router({
  list: query({ permission: 'clusters.read', concern: clusterIn() })
    .input(ofCluster)
    .query(({ ctx, input }): Promise<{ nodes: NodeAgent[]; serverNow: Date }> =>
      listNodeAgents(ctx.services.store, input.cluster),
    ),

  /** The token is told once, here. */
  invite: command({ permission: 'agents.manage', concern: clusterIn(), audit: 'agents.invite', stepUp: true })
    .input(invitation)
    .mutation(({ ctx, input }): Promise<Invited> => inviteAgent(ctx, input)),

  cancelInvitation: command({ permission: 'agents.manage', concern: clusterIn(), audit: 'agents.cancelInvitation' })
    .input(ofNode)
    .mutation(({ ctx, input }): Promise<{ cluster: string; node: string }> => cancelInvitationOf(ctx, input)),

  remove: command({ permission: 'agents.manage', concern: clusterIn(), audit: 'agents.remove', stepUp: true })
    .input(ofNode)
    .mutation(({ ctx, input }): Promise<{ cluster: string; node: string }> => removeNodeAgent(ctx, input)),
})
