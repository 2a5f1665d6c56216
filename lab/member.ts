import { address, etcds, type NodeName, nodes, ports, scope } from './addresses.ts'
import { query } from './postgres.ts'
import { restHeaders } from './rest-password.ts'

export interface Member {
  role: string
  state: string
  timeline: number | null
  isWritable: boolean
}

/** What the node's Patroni says of itself, or null when it does not answer. */
export async function memberOf(node: NodeName, timeoutMs = 2000): Promise<Member | null> {
  const body = await ask(`http://${address[node]}:${ports.patroni}/patroni`, { timeoutMs })
  if (body === null) return null
  const role = text(body['role'])
  return {
    role: role === 'master' ? 'primary' : role,
    state: text(body['state']),
    timeline: typeof body['timeline'] === 'number' ? body['timeline'] : null,
    isWritable: isRecord(body['xlog']) && 'location' in body['xlog'],
  }
}

/** The holder of the leader key as etcd's quorum sees it, or null when there is no leader or no quorum. */
export async function leaderKey(timeoutMs = 2000): Promise<NodeName | null> {
  const body = JSON.stringify({ key: Buffer.from(`/service/${scope}/leader`).toString('base64') })
  const answers = etcds.map(async (etcd) => {
    const answer = await ask(`http://${address[etcd]}:${ports.etcdClient}/v3/kv/range`, {
      timeoutMs,
      method: 'POST',
      body,
    })
    if (answer === null) throw new Error(`${etcd} did not answer`)
    return answer
  })
  const first = await Promise.any(answers).catch(() => null)
  const keys: unknown[] = Array.isArray(first?.['kvs']) ? first['kvs'] : []
  const holder = isRecord(keys[0]) ? Buffer.from(text(keys[0]['value']), 'base64').toString() : ''
  return nodes.find((node) => node === holder) ?? null
}

export async function etcdHasQuorum(): Promise<boolean> {
  const answers = etcds.map((etcd) => ask(`http://${address[etcd]}:${ports.etcdClient}/health`, { timeoutMs: 2000 }))
  return (await Promise.all(answers)).some((body) => body?.['health'] === 'true')
}

/** The leader that holds the key and takes writes. */
export async function writableLeader(): Promise<NodeName | null> {
  const holder = await leaderKey()
  if (holder === null) return null
  const member = await memberOf(holder)
  return member?.role === 'primary' && member.isWritable ? holder : null
}

/** The nodes that stream from the leader, as the leader's Postgres sees it. */
export async function streamingFrom(leader: NodeName): Promise<NodeName[]> {
  const statement = `select application_name as name from pg_stat_replication where state = 'streaming'`
  const rows = await query({ host: leader, role: 'postgres', database: 'postgres', statement, timeoutMs: 2000 })
  return nodes.filter((node) => rows.some((row) => row['name'] === node))
}

/**
 * Has the leader run its loop now instead of in up to loop_wait: it makes the slots that new replicas wait for.
 * A PATCH that changes nothing writes nothing and wakes (api.py, do_PATCH_config).
 */
export async function wakeLeader(leader: NodeName): Promise<void> {
  const url = `http://${address[leader]}:${ports.patroni}/config`
  await ask(url, { timeoutMs: 2000, method: 'PATCH', headers: restHeaders(), body: JSON.stringify({ ttl: 30 }) })
}

interface Ask {
  timeoutMs: number
  method?: 'GET' | 'POST' | 'PATCH'
  headers?: Record<string, string>
  body?: string
}

async function ask(url: string, { timeoutMs, ...request }: Ask): Promise<Record<string, unknown> | null> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    const value: unknown = await response.json()
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
