import { execFile, spawn } from 'node:child_process'
import { enrolCommand } from './agent.ts'
import { takeDown } from './down.ts'
import { freeze, heal, isolate, kill, requireHost, thaw, type Victims } from './faults.ts'
import { startHost, stopHost } from './hosts.ts'
import { withLock } from './lock.ts'
import { hostNamed, nodeNamed } from './names.ts'
import { plug, unplug } from './network.ts'
import { paths } from './paths.ts'
import { query, type Row } from './postgres.ts'
import { requireRoot } from './root.ts'
import { systemEnvironment } from './run.ts'
import { dropSchedule } from './schedule.ts'
import { type LabStatus, labStatus } from './status.ts'
import { bringUp } from './up.ts'

/*
 * The lab's remote control, for tests, benches and the command line. A name is pg-node-1 to 3 (or 1 to 3), etcd-1 to
 * 3, haproxy or writer. Each call needs root and returns when the effect is there.
 */

/** Starts what is missing and undoes every fault; a lab that is up returns at once. */
export async function up(): Promise<LabStatus> {
  requireRoot()
  return withLock('lab', bringUp)
}

export async function down(): Promise<void> {
  requireRoot()
  await withLock('lab', takeDown)
}

export async function status(): Promise<LabStatus> {
  requireRoot()
  return labStatus()
}

/** Graceful: ends when the last process of the host is gone. */
export async function stopNode(name: string): Promise<void> {
  await stopHost(present(name))
}

export async function startNode(name: string): Promise<void> {
  await startHost(present(name))
}

/** SIGKILL; on a node of Patroni and Postgres, or of one of the two. */
export async function killNode(name: string, victims: Victims = 'all'): Promise<void> {
  if (victims !== 'all') nodeNamed(name)
  await kill(present(name), victims)
}

/** SIGSTOP to every process of the host. */
export async function freezeNode(name: string): Promise<void> {
  await freeze(present(name))
}

export async function thawNode(name: string): Promise<void> {
  await thaw(present(name))
}

/** Drops what the node sends to etcd. */
export async function isolateNode(name: string): Promise<void> {
  requireRoot()
  await isolate(nodeNamed(name))
}

export async function healNode(name: string): Promise<void> {
  requireRoot()
  await heal(nodeNamed(name))
}

/** Unplugs the host's network cable. */
export async function cutNode(name: string): Promise<void> {
  await unplug(present(name))
}

export async function joinNode(name: string): Promise<void> {
  await plug(present(name))
}

/** Types a console's invitation on the node, and waits until its agent is enrolled or refused. */
export async function enrolAgent(name: string, token: string): Promise<CommandResult> {
  requireRoot()
  const node = nodeNamed(name)
  requireHost(node)
  return outcomeOf(enrolCommand(node, token))
}

/** Calls off the switchover that Patroni keeps for later, if there is one. */
export async function dropScheduled(): Promise<void> {
  requireRoot()
  await dropSchedule()
}

/** On a node: as superuser straight to its Postgres. On `haproxy`: as the application, through pgBouncer to the leader. */
export async function sql(name: string, statement: string): Promise<Row[]> {
  const host = name === 'haproxy' ? name : nodeNamed(name)
  requireHost(host)
  return query({ host, role: host === 'haproxy' ? 'app' : 'postgres', statement })
}

export interface CommandResult {
  exitCode: number
  stdout: string
  stderr: string
}

export async function patronictl(args: readonly string[]): Promise<CommandResult> {
  return outcomeOf(patronictlCommand(args))
}

function outcomeOf(command: readonly string[]): Promise<CommandResult> {
  const [program = '', ...args] = command
  return new Promise((resolve, reject) => {
    const options = { timeout: 120_000, env: systemEnvironment }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') return reject(error)
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

/** At this terminal, for whoever answers its questions; gives the exit code. */
export async function patronictlHere(args: readonly string[]): Promise<number> {
  const [program, ...all] = patronictlCommand(args)
  const { TERM = 'dumb' } = process.env
  const child = spawn(program, all, { stdio: 'inherit', env: { ...systemEnvironment, TERM } })
  // Ctrl-C is for patronictl, which has the terminal.
  process.on('SIGINT', () => {})
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

function patronictlCommand(args: readonly string[]): [string, ...string[]] {
  requireRoot()
  requireHost('pg-node-1')
  return ['/usr/bin/patronictl', '-c', paths.patronictl(), ...args]
}

function present(name: string) {
  requireRoot()
  const host = hostNamed(name)
  requireHost(host)
  return host
}
