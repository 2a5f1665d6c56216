/** Hosts of the lab, each a network namespace of its own with one address on the bridge. */
export const nodes = ['pg-node-1', 'pg-node-2', 'pg-node-3'] as const
export const etcds = ['etcd-1', 'etcd-2', 'etcd-3'] as const
export const hosts = [...etcds, ...nodes, 'haproxy', 's3', 'writer'] as const

export type NodeName = (typeof nodes)[number]
export type EtcdName = (typeof etcds)[number]
export type HostName = (typeof hosts)[number]

export const scope = 'postgres-cluster'
export const stanza = 'main'
export const database = 'myapp'

export const bridgeAddress = '10.0.1.1'
export const subnet = '10.0.1.0/24'

export const address = {
  'pg-node-1': '10.0.1.10',
  'pg-node-2': '10.0.1.11',
  'pg-node-3': '10.0.1.12',
  'etcd-1': '10.0.1.20',
  'etcd-2': '10.0.1.21',
  'etcd-3': '10.0.1.22',
  haproxy: '10.0.1.30',
  writer: '10.0.1.40',
  s3: '10.0.1.50',
} as const satisfies Record<HostName, string>

export const ports = {
  postgres: 5432,
  patroni: 8008,
  agent: 8009,
  pgbouncer: 6432,
  etcdClient: 2379,
  etcdPeer: 2380,
  haproxyLeader: 5432,
  haproxyReplicas: 5433,
  haproxyStatistics: 7000,
  s3: 443,
} as const

export const patroniUrls = nodes.map((node) => `http://${address[node]}:${ports.patroni}`)
export const etcdUrls = etcds.map((etcd) => `http://${address[etcd]}:${ports.etcdClient}`)
export const haproxyStatisticsUrl = `http://${address.haproxy}:${ports.haproxyStatistics}/`

export function isNode(host: HostName): host is NodeName {
  return nodes.some((node) => node === host)
}
