import { agentAddress, isOpen } from '#domain/agent.ts'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'

/** Where to look for an agent that waits, and the newest invitation that makes the console look there. */
export interface WaitingPlace {
  node: string
  address: string
  expected: StoredInvitation
  /** False = a neighbour's: nobody was invited there, but a token may have been typed on the wrong node. */
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
    invited.set(address, { node, address, expected, isInvited: true })
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
      neighbours.set(address, { node: name, address, expected, isInvited: false })
    }
  }
  return [...invited.values(), ...neighbours.values()]
}
