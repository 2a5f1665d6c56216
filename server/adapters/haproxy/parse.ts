import type { HaproxyBackend, HaproxyStatus } from '#domain/snapshot/readings.ts'
import type { Target } from '../target.ts'
import { checkResult, isUpStatus, readStatistics, type StatisticsRow } from './statistics-row.ts'

/** Parses HAProxy's statistics as CSV; backends without servers (the statistics page itself) are left out. */
export function parseHaproxy(body: string, target: Target): HaproxyStatus {
  const backends = new Map<string, HaproxyBackend>()
  for (const row of readStatistics(body, target)) {
    if (row.name === 'FRONTEND' || row.isListener) continue
    const backend = backends.get(row.proxy) ?? { name: row.proxy, sessions: 0, servers: [] }
    backends.set(row.proxy, backend)
    if (row.name === 'BACKEND') backend.sessions = row.count('scur')
    else backend.servers.push(serverOf(row))
  }
  return { backends: [...backends.values()].filter((backend) => backend.servers.length > 0) }
}

function serverOf(row: StatisticsRow): HaproxyBackend['servers'][number] {
  const status = row.text('status')
  return {
    name: row.name,
    address: row.text('addr') || null,
    isUp: isUpStatus(status),
    status,
    check: checkResult(row.text('check_status')),
    sessions: row.count('scur'),
  }
}
