import { agentAddress } from '#domain/agent.ts'
import type { StoredInvitation } from '#server/store/agent-invitations.ts'

/** Where to look for an agent that waits, and the newest invitation that makes the console look there. */
export interface WaitingPlace {
  node: string
  address: string
  expected: StoredInvitation
  /** False = a neighbour's: nobody was invited there, but a token may have been typed on the wrong node. */
  isInvited: boolean
}

/** The addresses of the invitations, oldest first, and those where other members of their clusters would have their agents. */
export function waitingPlaces(
  recent: readonly StoredInvitation[],
  membersOf: (clusterId: string) => readonly { name: string; host: string | null }[],
): WaitingPlace[] {
  const places = new Map<string, WaitingPlace>()
  for (const expected of recent) {
    for (const { name, host } of membersOf(expected.clusterId)) {
      const address = host === null ? null : agentAddress(host)
      if (address !== null) places.set(address, { node: name, address, expected, isInvited: false })
    }
  }
  for (const expected of recent) {
    const { node, address } = expected
    places.set(address, { node, address, expected, isInvited: true })
  }
  return [...places.values()]
}
