import { chownSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceCommand } from '#lab/agent.ts'
import { etcdUrls, type NodeName, nodes, ports, scope } from '#lab/addresses.ts'
import { patronictl } from '#lab/control.ts'
import { leaderKey, memberOf } from '#lab/member.ts'
import { inside } from '#lab/namespace.ts'
import { nodeNamed } from '#lab/names.ts'
import { dataFolder, hostFolder, logFile } from '#lab/paths.ts'
import { pgbackrest } from '#lab/pgbackrest.ts'
import { postgresBin, query } from '#lab/postgres.ts'
import { run } from '#lab/run.ts'
import { waitFor } from '#lab/wait.ts'

/** What is recovered, where, to when. */
export interface HandWish {
  leader: string
  set: string
  repository: number
  timeline: number
  at: Date
}

const everyMs = 100

/**
 * What an expert types who knows how Patroni takes a recovered Postgres over: without a look around, without a way back, as fast as
 * the programs answer. Returns when the leader has been restarted under Patroni, with how long each part took in ms; the replicas are down then.
 */
export async function recoverByHand(wish: HandWish): Promise<Record<string, number>> {
  const leader = nodeNamed(wish.leader)
  const parts: [string, () => void | Promise<void>][] = [
    ['archive', () => archiveAll(leader)],
    ['stop', () => stopAll(leader)],
    ['clear-dcs', clearKeys],
    ['set-aside', () => setAside(leader)],
    ['restore', () => restore(leader, wish)],
    ['recover', () => recover(leader)],
    ['adopt', () => startAndLead(leader)],
    ['open', () => restartByPatroni(leader)],
  ]
  const took: Record<string, number> = {}
  for (const [name, act] of parts) {
    const beganAt = performance.now()
    await act()
    took[name] = Math.round(performance.now() - beganAt)
  }
  return took
}

/** Has every other node cloned anew from the leader. */
export async function rebuildByHand(leader: string): Promise<void> {
  rmSync(keptFolder(nodeNamed(leader)), { recursive: true, force: true })
  for (const node of nodes) {
    if (node === leader) continue
    rmSync(dataFolder(node), { recursive: true, force: true })
    await service('start', node)
  }
}

async function stopAll(leader: NodeName): Promise<void> {
  for (const node of nodes) if (node !== leader) await service('stop', node)
  await service('stop', leader)
  await waitFor({ until: 'nobody holds the leader key', timeoutMs: 60_000, everyMs }, async () => {
    return (await leaderKey()) === null
  })
}

/** Whoever knows what can go wrong does not restore over the only copy of the old data. */
function setAside(leader: NodeName): void {
  renameSync(dataFolder(leader), keptFolder(leader))
  mkdirSync(dataFolder(leader), { mode: 0o700 })
  copyOwner(keptFolder(leader), dataFolder(leader))
}

async function startAndLead(leader: NodeName): Promise<void> {
  await service('start', leader)
  await waitFor({ until: `${leader} leads`, timeoutMs: 120_000, everyMs }, async () => {
    return (await leaderKey()) === leader && ((await memberOf(leader))?.isWritable ?? false)
  })
}

async function restartByPatroni(leader: NodeName): Promise<void> {
  const { exitCode, stdout, stderr } = await patronictl(['restart', scope, leader, '--force'])
  if (exitCode !== 0) throw new Error(`patronictl restart ended with ${exitCode}: ${stdout}${stderr}`)
}

function keptFolder(node: NodeName): string {
  return `${dataFolder(node)}.by-hand`
}

function copyOwner(from: string, to: string): void {
  const { uid, gid } = statSync(from)
  chownSync(to, uid, gid)
}

/** As `systemctl`: the very program that the agents call. */
async function service(verb: 'stop' | 'start', node: NodeName): Promise<void> {
  await run(serviceCommand(node, verb), { timeoutMs: 300_000 })
}

/** A target near the end can only be reached if what follows it is archived. */
async function archiveAll(host: NodeName): Promise<void> {
  const ask = { host, role: 'postgres', database: 'postgres' } as const
  const [row] = await query({ ...ask, statement: 'select pg_walfile_name(pg_switch_wal()) as wal' })
  await waitFor({ until: 'the last segment is archived', timeoutMs: 60_000, everyMs }, async () => {
    const [seen] = await query({ ...ask, statement: 'select last_archived_wal as wal from pg_stat_archiver' })
    return String(seen?.['wal']) >= String(row?.['wal'])
  })
}

/** As `etcdctl del`: all that speaks of the old data; the configuration and the system identifier stay. */
async function clearKeys(): Promise<void> {
  const prefix = `/service/${scope}/`
  for (const name of ['status', 'optime/leader', 'history', 'sync', 'failover', 'failsafe', 'leader', 'members/']) {
    const key = `${prefix}${name}`
    const end = name.endsWith('/') ? { range_end: base64(`${key.slice(0, -1)}0`) } : {}
    const body = JSON.stringify({ key: base64(key), ...end })
    const answer = await fetch(`${etcdUrls[0]}/v3/kv/deleterange`, { method: 'POST', body })
    if (!answer.ok) throw new Error(`etcd refused to delete ${key}: ${await answer.text()}`)
  }
}

async function restore(node: NodeName, { set, repository, timeline, at }: HandWish): Promise<void> {
  const target = at.toISOString().replace('T', ' ').replace('Z', '+00')
  const { command, env } = pgbackrest(
    node,
    `--repo=${repository}`,
    `--set=${set}`,
    '--type=time',
    `--target=${target}`,
    `--target-timeline=${timeline}`,
    '--target-action=promote',
    'restore',
  )
  await run(inside(node, command, 'postgres'), { env, timeoutMs: 300_000 })
  rmSync(join(dataFolder(node), 'patroni.dynamic.json'), { force: true })
}

/** Without Patroni, which would leave the target out, and without applications, whose writes could be thrown away. */
async function recover(node: NodeName): Promise<void> {
  const access = join(hostFolder(node), 'by-hand-hba.conf')
  const rules = ['local all all peer', 'host all postgres 127.0.0.1/32 md5', 'host replication all 127.0.0.1/32 md5']
  writeFileSync(access, `${rules.join('\n')}\n`, { mode: 0o644 })
  const settings = [
    'listen_addresses=localhost',
    `port=${ports.postgres}`,
    `unix_socket_directories=${hostFolder(node)}`,
    `hba_file=${access}`,
    'archive_command=/bin/false',
  ]
  const options = settings.map((setting) => `-c ${setting}`).join(' ')
  const start = [join(postgresBin(), 'pg_ctl'), '-D', dataFolder(node), '-t', '300', '-w']
  const { env } = pgbackrest(node)
  await run(inside(node, [...start, '-l', logFile(node, 'by-hand'), '-o', options, 'start'], 'postgres'), {
    env,
    timeoutMs: 300_000,
  })
  const isOver = ['psql', '-h', hostFolder(node), '-p', `${ports.postgres}`, '-d', 'postgres', '-Atc']
  await waitFor({ until: `${node} has reached the target`, timeoutMs: 300_000, everyMs }, async () => {
    const answer = await run(inside(node, [...isOver, 'select pg_is_in_recovery()'], 'postgres'))
    return answer.trim() === 'f'
  })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}
