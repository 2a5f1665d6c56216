import type { HaproxyBackend, HaproxyStatus } from '#domain/readings.ts'
import { clean } from '../clean-text.ts'
import { notAsExpected } from '../json.ts'
import type { Target } from '../target.ts'
import { readCsv } from './csv.ts'

/** Parses HAProxy's statistics as CSV, by column names; backends without servers (the statistics page itself) are left out. */
export function parseHaproxy(body: string, target: Target): HaproxyStatus {
  if (!body.startsWith('# pxname,svname,')) throw notAsExpected(target, 'this is no HAProxy statistics page')
  const backends = new Map<string, HaproxyBackend>()
  for (const row of readCsv(body.slice(2))) {
    const name = text(row, 'pxname')
    const server = text(row, 'svname')
    if (name === '' || server === 'FRONTEND' || row.get('type') === '3') continue
    const backend = backends.get(name) ?? { name, sessions: 0, servers: [] }
    backends.set(name, backend)
    if (server === 'BACKEND') backend.sessions = count(row, 'scur')
    else backend.servers.push(serverOf(row, server))
  }
  return { backends: [...backends.values()].filter((backend) => backend.servers.length > 0) }
}

function serverOf(row: Map<string, string>, name: string): HaproxyBackend['servers'][number] {
  const status = text(row, 'status')
  return {
    name,
    address: text(row, 'addr') || null,
    isUp: /^(?:UP|no check)/.test(status),
    status,
    // A star marks a check that is running now.
    check: text(row, 'check_status').replace(/^\* /, ''),
    sessions: count(row, 'scur'),
  }
}

function text(row: Map<string, string>, column: string): string {
  return clean(row.get(column) ?? '').slice(0, 400)
}

function count(row: Map<string, string>, column: string): number {
  const value = row.get(column) ?? ''
  return /^\d{1,15}$/.test(value) ? Number(value) : 0
}
