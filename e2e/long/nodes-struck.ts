import { setTimeout as sleep } from 'node:timers/promises'
import { agentServer } from '#lab/agent.ts'
import { isNode, type NodeName } from '#lab/addresses.ts'
import { killNode, startNode } from '#lab/control.ts'
import { signal } from '#lab/proc.ts'
import { launch, runningServer } from '#lab/processes.ts'
import { nodeNamed } from '#lab/names.ts'

/** Kills the agent alone: the job that it began is another process and goes on. */
export async function killAgent(name: string): Promise<void> {
  const node = nodeNamed(name)
  const agent = runningServer(node, 'agent')
  if (agent === null) throw new Error(`No agent runs on ${node}.`)
  signal(agent, 'SIGKILL')
  await sleep(2_000)
  await launch(agentServer(node))
}

/** As a reboot: everything on the node dies at once, jobs as well, and what is not masked starts again. */
export async function reboot(name: string): Promise<void> {
  const node = nodeNamed(name)
  await killNode(node)
  await sleep(3_000)
  await startNode(node)
}

/** The agent takes and answers nothing for a while. */
export async function silenceAgent(name: string, forMs: number): Promise<void> {
  const agent = agentOf(nodeNamed(name))
  signal(agent, 'SIGSTOP')
  await sleep(forMs)
  signal(agent, 'SIGCONT')
}

function agentOf(node: NodeName) {
  const agent = isNode(node) ? runningServer(node, 'agent') : null
  if (agent === null) throw new Error(`No agent runs on ${node}.`)
  return agent
}
