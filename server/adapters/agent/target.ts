import type { Target } from '../target.ts'

/** Where the agent of a node listens. */
export interface AgentPlace {
  node: string
  /** `host:port`. */
  address: string
}

/** An agent as sentences name it. */
export function targetOf({ node, address }: AgentPlace): Target {
  return { who: `the agent of ${node}`, system: 'the agent', address }
}
