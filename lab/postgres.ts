import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { address, database, type NodeName, ports } from './addresses.ts'
import { credentials, type Role } from './credentials.ts'
import { LabError } from './failure.ts'
import { dataFolder } from './paths.ts'
import { type LiveProcess, processesOf } from './proc.ts'

export type Row = Record<string, unknown>

export interface Query {
  host: NodeName | 'haproxy'
  role: Role
  database?: string
  statement: string
  values?: unknown[]
  timeoutMs?: number
}

/** Runs one statement over a connection of its own; text may hold several statements, then the last one's rows. */
export async function query(ask: Query): Promise<Row[]> {
  const { timeoutMs = 10_000 } = ask
  const client = new pg.Client({
    host: address[ask.host],
    port: ask.host === 'haproxy' ? ports.haproxyLeader : ports.postgres,
    database: ask.database ?? database,
    ...credentials[ask.role],
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  })
  // A connection that breaks between two answers raises this event; the pending call fails by itself.
  client.on('error', () => {})
  try {
    await client.connect()
    const result: unknown = await client.query(ask.statement, ask.values)
    return rowsOf(result)
  } finally {
    await Promise.race([client.end().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 500))])
  }
}

export function postgresBin(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).map(Number).filter(Number.isInteger) : []
  const newest = versions.sort((a, b) => b - a).find((version) => existsSync(join(root, `${version}`, 'bin/postgres')))
  if (newest === undefined) throw new LabError(`No Postgres server under ${root}: run bash tools/bootstrap.sh`)
  return join(root, `${newest}`, 'bin')
}

/** The postmaster and all that it forked on this node. */
export function postgresProcesses(node: NodeName): LiveProcess[] {
  return processesOf(node).filter(({ program }) => program === 'postgres')
}

export function postmaster(node: NodeName): LiveProcess | null {
  const pid = Number(postmasterFile(node).split('\n')[0])
  return postgresProcesses(node).find((found) => found.pid === pid) ?? null
}

/** What the node's postmaster wrote of itself; empty when there is none. */
export function postmasterFile(node: NodeName): string {
  try {
    return readFileSync(join(dataFolder(node), 'postmaster.pid'), 'utf8')
  } catch {
    return ''
  }
}

function rowsOf(result: unknown): Row[] {
  const last: unknown = Array.isArray(result) ? result.at(-1) : result
  if (typeof last !== 'object' || last === null || !('rows' in last) || !Array.isArray(last.rows)) return []
  return last.rows
}
