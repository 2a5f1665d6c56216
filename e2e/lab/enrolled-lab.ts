import { enrolAgents, untilAgent as untilAgentOf } from '../enrol-agents.ts'
import type { AgentLook } from '../rest.ts'
import { rest } from './watched-lab.ts'

/** Lets the agents of all nodes in at the console of this run. */
export function enrolAll(): Promise<void> {
  return enrolAgents(rest)
}

/** Waits until the console of this run reaches the agent of a node. */
export function untilAgent(node: string): Promise<AgentLook> {
  return untilAgentOf(rest, node)
}
