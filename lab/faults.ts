import { type HostName, isNode, type NodeName, ports } from './addresses.ts'
import { LabError } from './failure.ts'
import { inside, namespacePath } from './namespace.ts'
import { existsSync } from 'node:fs'
import { postgresProcesses } from './postgres.ts'
import { type LiveProcess, processesOf, signal } from './proc.ts'
import { runningServer } from './processes.ts'
import { run, succeeds } from './run.ts'
import { waitFor } from './wait.ts'

export type Victims = 'all' | 'patroni' | 'postgres'

/** SIGKILL as by a power cut. On a node "all" is Patroni with its Postgres; pgBouncer lives on. */
export async function kill(host: HostName, victims: Victims = 'all'): Promise<void> {
  const doomed = () => victimsOf(host, victims)
  const first = doomed()
  // Stopped first, so that nobody forks, restarts or reports a death while the others are still dying.
  for (const victim of first) signal(victim, 'SIGSTOP')
  const known = [...first, ...doomed().filter(({ pid }) => first.every((victim) => victim.pid !== pid))]
  for (const victim of known) signal(victim, 'SIGKILL')
  await waitFor({ until: `the killed processes of ${host} are gone`, timeoutMs: 10_000, everyMs: 20 }, () => {
    const alive = doomed()
    return known.every(({ pid }) => alive.every((other) => other.pid !== pid))
  })
}

export async function freeze(host: HostName): Promise<void> {
  await waitFor({ until: `every process of ${host} is frozen`, timeoutMs: 10_000, everyMs: 20 }, () => {
    const moving = processesOf(host).filter(({ isStopped }) => !isStopped)
    for (const found of moving) signal(found, 'SIGSTOP')
    return moving.length === 0
  })
}

export async function thaw(host: HostName): Promise<void> {
  for (const found of processesOf(host)) signal(found, 'SIGCONT')
}

/** Drops the node's traffic to etcd. */
export async function isolate(node: NodeName): Promise<void> {
  requireHost(node)
  if (!(await isIsolated(node))) await run(etcdRule(node, '-A'))
}

export async function heal(node: NodeName): Promise<void> {
  requireHost(node)
  while (await isIsolated(node)) await run(etcdRule(node, '-D'))
}

export async function isIsolated(node: NodeName): Promise<boolean> {
  return existsSync(namespacePath(node)) && succeeds(etcdRule(node, '-C'))
}

export function requireHost(host: HostName): void {
  if (!existsSync(namespacePath(host))) {
    throw new LabError(`${host} does not exist: the lab is not up. Run: npm run lab -- up`)
  }
}

function victimsOf(host: HostName, victims: Victims): LiveProcess[] {
  if (!isNode(host)) return processesOf(host)
  const patroni = runningServer(host, 'patroni')
  if (victims === 'patroni') return patroni === null ? [] : [patroni]
  if (victims === 'postgres') return postgresProcesses(host)
  const pooler = runningServer(host, 'pgbouncer')
  return processesOf(host).filter(({ pid }) => pid !== pooler?.pid)
}

function etcdRule(node: NodeName, action: '-A' | '-D' | '-C'): string[] {
  const rule = ['OUTPUT', '-p', 'tcp', '--dport', `${ports.etcdClient}`, '-j', 'DROP']
  return inside(node, ['iptables', '-w', action, ...rule])
}
