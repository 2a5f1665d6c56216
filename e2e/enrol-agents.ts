import { nodes } from '#lab/addresses.ts'
import { enrolAgent } from '#lab/control.ts'
import { labClusterName } from './lab-cluster.ts'
import type { AgentLook, Rest } from './rest.ts'
import { until } from './until.ts'

/** Lets the agent of every node in that is not in yet, as a person would, and waits until the console reaches them all. */
export async function enrolAgents(rest: Rest): Promise<void> {
  const known = await rest.agents(labClusterName)
  const missing = nodes.filter((node) => known.find((agent) => agent.node === node)?.state !== 'enrolled')
  for (const node of missing) {
    const { token } = await rest.inviteAgent(labClusterName, node)
    const { exitCode, stdout, stderr } = await enrolAgent(node, token)
    if (exitCode !== 0) throw new Error(`The agent of ${node} was not let in: ${stdout}${stderr}`)
  }
  await Promise.all(nodes.map((node) => untilAgent(rest, node)))
}

/** Waits until the console reaches the agent of a node. */
export function untilAgent(rest: Rest, node: string): Promise<AgentLook> {
  return until({ what: `the console reaches the agent of ${node}`, timeoutMs: 120_000, everyMs: 500 }, async () => {
    const found = (await rest.agents(labClusterName)).find((agent) => agent.node === node)
    return found?.state === 'enrolled' ? found : null
  })
}
