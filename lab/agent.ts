import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { address, type NodeName, nodes, ports, stanza } from './addresses.ts'
import { agentUser, makeAgentUser, removeAgentUser, userIds } from './agent-user.ts'
import { credentials } from './credentials.ts'
import { LabError } from './failure.ts'
import { inside } from './namespace.ts'
import { dataFolder, hostFolder, logFile, paths } from './paths.ts'
import { pgbackrestConfig, pgbackrestFolder } from './pgbackrest.ts'
import { patroniConfig } from './patroni.ts'
import { postgresBin } from './postgres.ts'
import type { Server } from './processes.ts'
import { run } from './run.ts'

export function agentServer(node: NodeName): Server {
  const command = [process.execPath, ...flagsOfUnit(), program(), 'run', '--config', agentConfig.path(node)]
  return { host: node, name: 'agent', user: agentUser, command }
}

/** What the unit has Node do for an agent that idles. */
function flagsOfUnit(): string[] {
  const [, flags] = /^ExecStart=\S*node (.*) \S+ run /m.exec(readFileSync(unit, 'utf8')) ?? []
  if (flags === undefined) throw new LabError(`${unit} does not start the agent as it did: correct this place.`)
  return flags.split(' ')
}

/** Enters the node with a console's invitation, as a person types it there: each run of the tests has a new console. */
export function enrolCommand(node: NodeName, token: string): string[] {
  return inside(node, [program(), 'enroll', '--config', agentConfig.path(node), '--new-console', token], agentUser)
}

/** What root owns on a node: the agent reads it and cannot change it. */
export const agentConfig = {
  path: (node: NodeName) => join(agentFolder(), `${node}.toml`),
  text: (node: NodeName) => `node = "${node}"
state_folder = "${stateFolder(node)}"

[listen]
host = "${address[node]}"
port = ${ports.agent}

[postgres]
data_folder = "${dataFolder(node)}"
bin_folder = "${postgresBin()}"
port = ${ports.postgres}
socket_folder = "${hostFolder(node)}"
log_file = "${logFile(node, 'postgres')}"
check_user = "${credentials.auditor.user}"

[pgbouncer]
port = ${ports.pgbouncer}
socket_folder = "${hostFolder(node)}"

[pgbackrest]
stanza = "${stanza}"
config_file = "${pgbackrestConfig.path(node)}"
log_folder = "${pgbackrestFolder(node)}"

[patroni]
config_file = "${patroniConfig.path(node)}"
rest_url = "http://127.0.0.1:${ports.patroni}"
log_file = "${logFile(node, 'patroni')}"

[patroni.service]
${(['stop', 'start', 'mask', 'unmask', 'status'] as const).map((verb) => `${verb} = ${JSON.stringify(serviceCommand(node, verb))}\n`).join('')}`,
}

/** Puts program, settings, user and sudo's rules where the agents of all nodes find them. Safe to repeat. */
export async function installAgents(): Promise<void> {
  await makeAgentUser()
  await buildBundle()
  mkdirSync(agentFolder(), { recursive: true, mode: 0o755 })
  await buildService()
  // sudo has its own PATH, which may lead to no node or to another one.
  const text = readFileSync(bundle, 'utf8').replace(/^#!\/usr\/bin\/env node\n/, `#!${process.execPath}\n`)
  replaceFile(program(), text, 0o755)
  const { uid, gid } = userIds(agentUser)
  for (const node of nodes) {
    replaceFile(agentConfig.path(node), agentConfig.text(node), 0o644)
    mkdirSync(stateFolder(node), { recursive: true, mode: 0o700 })
    chownSync(stateFolder(node), uid, gid)
  }
  await allowSudo()
}

/** Takes away what lies outside the lab's folder. */
export async function uninstallAgents(): Promise<void> {
  rmSync(sudoers, { force: true })
  await removeAgentUser()
}

/** The agents' rules at sudo: one exact line a command, the same for all nodes but for their settings. */
async function allowSudo(): Promise<void> {
  const rules: string[] = []
  for (const node of nodes) {
    rules.push(await run([program(), 'sudoers', '--config', agentConfig.path(node)]))
  }
  const text = rules.join('\n')
  const draft = join(agentFolder(), 'sudoers')
  replaceFile(draft, text, 0o440)
  await run(['/usr/sbin/visudo', '--check', '--quiet', `--file=${draft}`])
  replaceFile(sudoers, text, 0o440)
}

async function buildBundle(): Promise<void> {
  await run([process.execPath, '--import', 'tsx', join(root, 'tools/build-agent.ts')], { timeoutMs: 60_000 })
  if (!existsSync(bundle)) throw new LabError(`The agent was built, but ${bundle} is not there.`)
}

/** Nobody finds a part of it: the new file takes the old one's name in one step. sudo passes over a name with a dot in it. */
function replaceFile(path: string, text: string, mode: number): void {
  const draft = `${path}.new`
  writeFileSync(draft, text)
  chmodSync(draft, mode)
  renameSync(draft, path)
}

/** The lab's stand-in for systemctl, in one file: systemctl answers at once, and to compile this each time takes seconds on a busy machine. */
export function serviceCommand(node: NodeName, verb: string): string[] {
  return [process.execPath, join(agentFolder(), 'patroni-service.mjs'), verb, node]
}

async function buildService(): Promise<void> {
  await build({
    entryPoints: [join(root, 'lab/service.ts')],
    outfile: join(agentFolder(), 'patroni-service.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    minify: true,
    logLevel: 'error',
  })
}

function program(): string {
  return join(agentFolder(), 'matriarch-agent.mjs')
}

function agentFolder(): string {
  return paths.agent()
}

function stateFolder(node: NodeName): string {
  return join(hostFolder(node), 'agent')
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bundle = join(root, '.state/agent/matriarch-agent.mjs')
const unit = join(root, 'agent/install/matriarch-agent.service')
const sudoers = '/etc/sudoers.d/matriarch-lab'
