import type { NodeAgent } from '#domain/agent/agent.ts'
import { newestInvitations } from '#server/store/agent-invitations.ts'
import { listAgents } from '#server/store/agents.ts'
import type { Store } from '#server/store/open.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { needCluster } from '../clusters/need.ts'

/** Every node of a cluster with its agent or none, by name: its members as last seen, and whoever has an agent besides. */
export async function listNodeAgents(store: Store, name: string): Promise<{ nodes: NodeAgent[]; serverNow: Date }> {
  const cluster = await needCluster(store, name)
  const [snapshot, agents, invitations] = await Promise.all([
    latestSnapshot(store, cluster.id),
    listAgents(store, cluster.id),
    newestInvitations(store, cluster.id),
  ])
  const hosts = new Map(snapshot?.members.map((member) => [member.name, member.host]))
  const serverNow = new Date()
  const open = invitations.filter((invitation) => invitation.endedAt === null)
  const names = new Set([...hosts.keys(), ...agents.map(({ node }) => node), ...open.map(({ node }) => node)])
  const nodes = [...names].toSorted().map((node) => ({
    node,
    host: hosts.get(node) ?? null,
    isMember: hosts.has(node),
    agent: agents.find((agent) => agent.node === node) ?? null,
    invitation: invitations.find((invitation) => invitation.node === node) ?? null,
  }))
  return { nodes, serverNow }
}
