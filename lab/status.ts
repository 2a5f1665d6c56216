import { existsSync } from 'node:fs'
import { address, type HostName, hosts, isNode, type NodeName } from './addresses.ts'
import { isIsolated } from './faults.ts'
import { type Member, memberOf, streamingFrom, writableLeader } from './member.ts'
import { namespacePath } from './namespace.ts'
import { isUnplugged } from './network.ts'
import { labHome } from './paths.ts'
import { postmaster, query } from './postgres.ts'
import type { LiveProcess } from './proc.ts'
import { runningServer } from './processes.ts'
import { serversOf } from './servers.ts'

export interface ServerStatus {
  name: string
  state: 'running' | 'frozen' | 'stopped'
  pid: number | null
}

export interface HostStatus {
  host: HostName
  address: string
  servers: ServerStatus[]
  isIsolated: boolean
  isCut: boolean
  member: Member | null
}

export interface LabStatus {
  /** up: everything runs, one leader, two replicas stream, HAProxy leads to the leader. */
  state: 'down' | 'degraded' | 'up'
  home: string
  leader: NodeName | null
  streaming: NodeName[]
  routesWrites: boolean
  hosts: HostStatus[]
}

export async function labStatus(): Promise<LabStatus> {
  const isDown = hosts.every((host) => !existsSync(namespacePath(host)))
  const [leader, routesWrites, found] = await Promise.all([
    isDown ? null : writableLeader(),
    isDown ? false : reachesWritable(),
    Promise.all(hosts.map(hostStatus)),
  ])
  const streaming = leader === null ? [] : await streamingFrom(leader).catch(() => [])
  const isUp = leader !== null && streaming.length === 2 && routesWrites && found.every(isSound)
  return {
    state: stateOf(isDown, isUp),
    home: labHome(),
    leader,
    streaming,
    routesWrites,
    hosts: found,
  }
}

function stateOf(isDown: boolean, isUp: boolean): LabStatus['state'] {
  if (isDown) return 'down'
  return isUp ? 'up' : 'degraded'
}

async function hostStatus(host: HostName): Promise<HostStatus> {
  const exists = existsSync(namespacePath(host))
  const servers = serversOf(host).map(({ name }) => serverStatus(name, runningServer(host, name)))
  if (isNode(host)) servers.splice(1, 0, serverStatus('postgres', postmaster(host)))
  return {
    host,
    address: address[host],
    servers,
    isIsolated: exists && isNode(host) && (await isIsolated(host)),
    isCut: isUnplugged(host),
    member: exists && isNode(host) ? await memberOf(host) : null,
  }
}

function serverStatus(name: string, found: LiveProcess | null): ServerStatus {
  if (found === null) return { name, state: 'stopped', pid: null }
  return { name, state: found.isStopped ? 'frozen' : 'running', pid: found.pid }
}

/** The writer may be off by wish. */
function isSound({ host, servers, isIsolated, isCut }: HostStatus): boolean {
  if (isIsolated || isCut) return false
  return host === 'writer' || servers.every(({ state }) => state === 'running')
}

async function reachesWritable(): Promise<boolean> {
  const statement = 'select pg_is_in_recovery() as recovers'
  const rows = await query({ host: 'haproxy', role: 'app', statement, timeoutMs: 2000 }).catch(() => [])
  return rows[0]?.['recovers'] === false
}
