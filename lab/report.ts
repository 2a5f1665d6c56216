import { address, database, haproxyStatisticsUrl, patroniUrls, ports } from './addresses.ts'
import { credentials } from './credentials.ts'
import type { HostStatus, LabStatus } from './status.ts'

/** The lab's state for a person at a terminal. */
export function describe(status: LabStatus): string {
  if (status.state === 'down') return 'The lab is down. Start it with: npm run lab -- up'
  return [headline(status), ...status.hosts.map(line)].join('\n')
}

export function nextSteps(tookMs: number): string {
  const { user, password } = credentials.app
  return `
Ready in ${(tookMs / 1000).toFixed(1)} s. What next:
  npm run lab -- ctl list               Patroni's own view
  npm run lab -- kill 1                 lose a node; "start 1" brings it back
  npm run lab -- down                   remove everything
  Patroni   ${patroniUrls.join(' ')}
  HAProxy   ${haproxyStatisticsUrl}
  Postgres  postgres://${user}:${password}@${address.haproxy}:${ports.haproxyLeader}/${database}`
}

function headline({ state, leader, streaming, routesWrites }: LabStatus): string {
  const lead = leader === null ? 'nobody leads' : `${leader} leads`
  const stream =
    streaming.length === 0 ? 'nobody streams' : `${streaming.join(' and ')} stream${streaming.length === 1 ? 's' : ''}`
  return `The lab is ${state}: ${lead}, ${stream}, HAProxy ${routesWrites ? 'reaches' : 'does not reach'} the leader.`
}

function line({ host, address: ip, servers, isIsolated, isCut, member }: HostStatus): string {
  const faults = [isIsolated ? 'ISOLATED FROM ETCD' : '', isCut ? 'UNPLUGGED' : ''].filter((fault) => fault !== '')
  const role = member === null ? [] : [`${member.role} ${member.state}, timeline ${member.timeline ?? '?'}`]
  const states = servers.map(({ name, state }) => (state === 'running' ? name : `${name} ${state.toUpperCase()}`))
  return `  ${host.padEnd(10)} ${ip.padEnd(11)} ${[states.join(', '), ...role, ...faults].join('; ')}`
}
