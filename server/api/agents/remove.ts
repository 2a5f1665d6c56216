import { AppError } from '#server/errors.ts'
import { endOpenInvitation } from '#server/store/agent-invitations.ts'
import { findAgent, removeAgent } from '#server/store/agents.ts'
import { notify } from '#server/store/notify.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

interface NodeOf {
  cluster: string
  node: string
}

/** Forgets the agent of a node: nothing is asked of it any more. It goes on running and can be invited anew. */
export async function removeNodeAgent(
  { act, services: { store } }: CommandContext,
  { cluster: name, node }: NodeOf,
): Promise<NodeOf> {
  const cluster = await needCluster(store, name)
  const target = `${cluster.name}/${node}`
  act.on({ target, cluster, reason: null })
  const agent = await findAgent(store.pool, cluster.id, node)
  if (agent) {
    const { id, address, version, state, certificatePin } = agent
    act.on({ target, cluster, reason: null, detail: { agentId: id, address, version, state, certificatePin } })
  }
  await act.commit(async (tx) => {
    if (!(await removeAgent(tx, cluster.id, node))) throw new AppError('not-found', `${node} has no agent.`)
    await notify(tx, { kind: 'agents', clusterId: cluster.id })
  })
  return { cluster: cluster.name, node }
}

/** Takes back the open invitation of a node: its token is good for nothing any more. */
export async function cancelInvitationOf(
  { act, services: { store } }: CommandContext,
  { cluster: name, node }: NodeOf,
): Promise<NodeOf> {
  const cluster = await needCluster(store, name)
  act.on({ target: `${cluster.name}/${node}`, cluster, reason: null })
  await act.commit(async (tx) => {
    if (!(await endOpenInvitation(tx, cluster.id, node, 'cancelled'))) {
      throw new AppError('not-found', `${node} has no open invitation.`)
    }
    await notify(tx, { kind: 'agents', clusterId: cluster.id })
  })
  return { cluster: cluster.name, node }
}
