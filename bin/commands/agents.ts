import type { Command } from 'commander'
import type { AgentState } from '#domain/agent/agent-words.ts'
import { formatAge } from '#domain/format.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface AgentShape {
  node: string
  state: AgentState
  sentence: string
  advice: string | null
  address: string | null
  version: string | null
  seenAt: Date | null
}

/** `agents invite|list|remove`. */
export function addAgentCommands(program: Command): void {
  const agents = program.command('agents').description('the agents on the nodes of a cluster')
  agents
    .command('invite <cluster> <node>')
    .description('make the token that the agent of a node enrols with, once and within a quarter of an hour')
    .option('--address <host:port>', "where the agent listens, if not on the member's host and port 8009")
    .option('--json', 'print {token, expiresAt, command}')
    .action(async (cluster: string, node: string, options: { address?: string; json?: boolean }) => {
      const body = options.address === undefined ? {} : { address: options.address }
      const { token, expiresAt, command, address } = await change<Invited>(
        'POST',
        `${pathOf(cluster, node)}/invitation`,
        body,
      )
      if (options.json) return printJson({ token, expiresAt, command })
      printLines([token])
      console.error(`Type this on ${node} before ${moment(expiresAt)}; the console looks for its agent on ${address}:`)
      console.error(`  ${command}`)
    })
  agents
    .command('list <cluster>')
    .description('each node with its agent, or none')
    .option('--json', 'print an array of {node, state, sentence, address, version, seenAt, ...}')
    .action(async (cluster: string, { json }: { json?: boolean }) => {
      const found = await get<AgentShape[]>(pathOf(cluster))
      if (json) return printJson(found)
      const now = new Date()
      printTable(
        ['node', 'agent', 'version', 'address', 'seen', 'in words'],
        found.map(({ node, state, version, address, seenAt, sentence, advice }) => [
          node,
          state,
          version ?? '-',
          address ?? '-',
          seenAt === null ? 'never' : `${formatAge(seenAt, now)} ago`,
          advice === null ? sentence : `${sentence} ${advice}`,
        ]),
      )
    })
  agents
    .command('remove <cluster> <node>')
    .description('forget the agent of a node; it goes on running and can be invited anew')
    .option('--yes', 'do it')
    .option('--json', 'print {cluster, node}')
    .action(async (cluster: string, node: string, options: { yes?: boolean; json?: boolean }) => {
      if (!options.yes) throw new UsageError(`Add --yes to remove the agent of ${node} from this console.`)
      const removed = await change<{ cluster: string; node: string }>('DELETE', pathOf(cluster, node), {})
      if (options.json) printJson(removed)
      else printLines([`Nothing is asked of the agent of ${node} any more.`])
    })
}

interface Invited {
  token: string
  expiresAt: Date
  command: string
  address: string
}

function pathOf(cluster: string, node?: string): string {
  const all = `/clusters/${encodeURIComponent(cluster)}/agents`
  return node === undefined ? all : `${all}/${encodeURIComponent(node)}`
}
