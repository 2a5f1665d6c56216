import type { EtcdAlarm } from '#domain/snapshot/dcs.ts'
import type { Discovery } from '#domain/fleet/cluster.ts'
import type { EtcdEndpointStatus } from '#domain/snapshot/dcs.ts'
import type { Reading } from '#domain/snapshot/reading.ts'
import { prefixOf } from '#server/adapters/etcd/key-table.ts'
import { toReading } from '#server/adapters/read.ts'
import type { Board } from '../board.ts'
import type { Found, Identity } from './found.ts'

/** Tries each etcd endpoint and reads the cluster's keys with a majority; one endpoint may be down, not all. */
export async function discoverEtcd(
  board: Board,
  identity: Identity,
  found: Found,
  signal?: AbortSignal,
): Promise<void> {
  const { etcd, cluster } = board.access
  if (etcd === null) return
  const looks = await Promise.all(
    board.etcdEndpoints.map(async ({ url }) => ({
      url,
      reading: await toReading(etcd.endpointStatus(url, signal), now),
    })),
  )
  for (const { url, reading } of looks) found.endpoints.push(endpointOf(url, reading))
  if (looks.every(({ reading }) => !reading.ok)) {
    for (const { reading } of looks)
      if (!reading.ok) found.errors.push({ field: fieldOf(reading), sentence: reading.sentence })
    return
  }
  if (identity.scope === null) return
  const { etcdNamespace } = cluster.endpoints
  const keys = await toReading(etcd.listKeys(etcdNamespace, identity.scope, signal), now)
  if (!keys.ok) found.errors.push({ field: fieldOf(keys), sentence: keys.sentence })
  else if (keys.value.keys.size === 0)
    found.errors.push({ field: 'etcdNamespace', sentence: noKeys(etcdNamespace, identity.scope) })
  else refuseStranger(keys.value.keys.get('initialize')?.value ?? '', identity, found)
}

function refuseStranger(systemIdentifier: string, identity: Identity, found: Found): void {
  if (systemIdentifier === '' || identity.systemIdentifier === null || systemIdentifier === identity.systemIdentifier)
    return
  found.errors.push({
    field: 'etcdUrls',
    sentence: `This etcd holds another cluster of the same name: its system identifier is ${systemIdentifier}, the members have ${identity.systemIdentifier}.`,
  })
}

function noKeys(namespace: string, scope: string): string {
  return `etcd answers, but has no keys below ${prefixOf(namespace, scope)}: check the namespace, or whether it is this cluster's etcd.`
}

function endpointOf(url: string, reading: Reading<EtcdEndpointStatus>): Found['endpoints'][number] {
  if (!reading.ok) return { system: 'etcd', address: url, problem: reading.sentence, detail: '' }
  const { name, version, leaderId, memberId, alarms } = reading.value
  const role = leaderId === memberId ? 'leads' : 'follows'
  return {
    system: 'etcd',
    address: url,
    problem: leaderId === null ? 'This endpoint knows no leader: etcd has lost its majority.' : alarmSentence(alarms),
    detail: [name ?? '', `etcd ${version}`, leaderId === null ? '' : role].filter((part) => part !== '').join(', '),
  }
}

function fieldOf(reading: { kind: string }): Discovery['errors'][number]['field'] {
  return reading.kind === 'unauthorized' ? 'secrets.etcd-password' : 'etcdUrls'
}

function now(): Date {
  return new Date()
}

function alarmSentence([alarm]: readonly EtcdAlarm[]): string | null {
  return alarm ? `etcd raises the alarm ${alarm.kind}.` : null
}
