import { agentAddress, isOpen } from '#domain/agent/agent.ts'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'

/** Where to look for an agent that waits. */
export interface WaitingPlace {
  node: string
  address: string
  cluster: { clusterId: string; clusterName: string }
  /** The newest invitation that makes the console look there; null where another reason does. */
  expected: StoredInvitation | null
  /** False = nobody was invited there of late, but a token may have been typed on the wrong node, or long after. */
  isInvited: boolean
}

/** The addresses of the invitations, oldest first, then those where other members of their clusters would have their agents. */
export function waitingPlaces(
  recent: readonly StoredInvitation[],
  membersOf: (clusterId: string) => readonly { name: string; host: string | null }[],
  now: Date,
): WaitingPlace[] {
  const invited = new Map<string, WaitingPlace>()
  for (const expected of recent) {
    const { node, address } = expected
    invited.set(address, { node, address, cluster: clusterOf(expected), expected, isInvited: true })
  }
  // Its own agent, invited under another spelling of its address, would be found there and turned away.
  const open = recent.filter((invitation) => isOpen(invitation, now))
  const isAwaited = (clusterId: string, name: string) =>
    open.some((invitation) => invitation.clusterId === clusterId && invitation.node === name)
  const neighbours = new Map<string, WaitingPlace>()
  for (const expected of recent) {
    for (const { name, host } of membersOf(expected.clusterId)) {
      const address = host === null ? null : agentAddress(host)
      if (address === null || invited.has(address) || isAwaited(expected.clusterId, name)) continue
      neighbours.set(address, { node: name, address, cluster: clusterOf(expected), expected, isInvited: false })
    }
  }
  return [...invited.values(), ...neighbours.values()]
}

/**
 * Where nobody would be heard otherwise who comes with an old token: all places without an agent in the clusters where ever
 * somebody was invited. Agents that are enrolled tell it themselves.
 */
export function silentPlaces(
  last: readonly StoredInvitation[],
  membersOf: (clusterId: string) => readonly { name: string; host: string | null }[],
  agents: readonly { clusterId: string; node: string; address: string }[],
): WaitingPlace[] {
  const clusters = new Map(last.map((invitation) => [invitation.clusterId, clusterOf(invitation)]))
  const nodes = [...clusters.values()].flatMap((cluster) => [
    ...last
      .filter(({ clusterId }) => clusterId === cluster.clusterId)
      .map(({ node, address }) => ({ node, address, cluster })),
    ...membersOf(cluster.clusterId).flatMap(({ name, host }) =>
      host === null ? [] : [{ node: name, address: agentAddress(host), cluster }],
    ),
  ])
  const hasAgent = ({ node, address, cluster: { clusterId } }: (typeof nodes)[number]) =>
    agents.some((agent) => agent.address === address || (agent.clusterId === clusterId && agent.node === node))
  return nodes.filter((node) => !hasAgent(node)).map((node) => ({ ...node, expected: null, isInvited: false }))
}

/** Each address once, as the first place has it. */
export function eachOnce(places: readonly WaitingPlace[]): WaitingPlace[] {
  return [...new Map(places.toReversed().map((place) => [place.address, place])).values()].toReversed()
}

function clusterOf({ clusterId, clusterName }: { clusterId: string; clusterName: string }) {
  return { clusterId, clusterName }
}
