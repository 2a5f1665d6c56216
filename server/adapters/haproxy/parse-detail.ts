import type {
  HaproxyDetail,
  HaproxyFrontend,
  HaproxyProxy,
  HaproxyServer,
  HaproxyTraffic,
} from '#domain/stack/haproxy-detail.ts'
import type { Target } from '../target.ts'
import { checkResult, isUpStatus, readStatistics, type StatisticsRow } from './statistics-row.ts'

/** Parses all of HAProxy's statistics as CSV, in their order; throws LookError where it is another page. */
export function parseHaproxyDetail(csv: string, target: Target): HaproxyDetail {
  const proxies = new Map<string, HaproxyProxy>()
  for (const row of readStatistics(csv, target)) {
    if (row.isListener) continue
    const proxy = proxies.get(row.proxy) ?? { name: row.proxy, mode: '', frontend: null, backend: null, servers: [] }
    proxies.set(row.proxy, proxy)
    proxy.mode ||= row.text('mode')
    if (row.name === 'FRONTEND') proxy.frontend = frontendOf(row)
    else if (row.name === 'BACKEND') proxy.backend = trafficOf(row)
    else proxy.servers.push(serverOf(row))
  }
  return { proxies: [...proxies.values()] }
}

function flowOf(row: StatisticsRow) {
  return {
    status: row.text('status'),
    sessions: row.count('scur'),
    sessionsMax: row.count('smax'),
    sessionsLimit: row.countOrNull('slim'),
    sessionsTotal: row.count('stot'),
    rate: row.count('rate'),
    bytesIn: row.count('bin'),
    bytesOut: row.count('bout'),
  }
}

function frontendOf(row: StatisticsRow): HaproxyFrontend {
  return { ...flowOf(row), requestErrors: row.count('ereq') }
}

function trafficOf(row: StatisticsRow): HaproxyTraffic {
  return {
    ...flowOf(row),
    queued: row.count('qcur'),
    connectionErrors: row.count('econ'),
    responseErrors: row.count('eresp'),
  }
}

function serverOf(row: StatisticsRow): HaproxyServer {
  const traffic = trafficOf(row)
  return {
    ...traffic,
    name: row.name,
    address: row.text('addr') || null,
    isUp: isUpStatus(traffic.status),
    admin: adminOf(traffic.status),
    check: checkResult(row.text('check_status')),
    checkCode: row.countOrNull('check_code'),
    checkMilliseconds: row.countOrNull('check_duration'),
    lastCheck: row.text('last_chk'),
    weight: row.count('weight'),
    isBackup: row.count('bck') > 0,
    changedSeconds: row.countOrNull('lastchg'),
    downSeconds: row.countOrNull('downtime'),
    // Minus one = never.
    lastSessionSeconds: row.countOrNull('lastsess'),
  }
}

// `MAINT (via primary/pg-1)`, `DRAIN (agent)`: what a person or a configuration set, not what a check found.
function adminOf(status: string): HaproxyServer['admin'] {
  if (status.startsWith('MAINT')) return 'maint'
  return status.startsWith('DRAIN') ? 'drain' : 'ready'
}
