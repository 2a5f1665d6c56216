import { address, type EtcdName, etcds, ports } from './addresses.ts'
import { dataFolder } from './paths.ts'
import type { Server } from './processes.ts'

export function etcdServer(etcd: EtcdName): Server {
  const client = `http://${address[etcd]}:${ports.etcdClient}`
  return {
    host: etcd,
    name: 'etcd',
    user: 'postgres',
    command: [
      '/usr/bin/etcd',
      `--name=${etcd}`,
      `--data-dir=${dataFolder(etcd)}`,
      `--listen-client-urls=${client},http://127.0.0.1:${ports.etcdClient}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peerUrl(etcd)}`,
      `--initial-advertise-peer-urls=${peerUrl(etcd)}`,
      `--initial-cluster=${etcds.map((peer) => `${peer}=${peerUrl(peer)}`).join(',')}`,
      '--initial-cluster-token=matriarch-lab',
      // Patroni rewrites its keys all day: without compaction the history would grow for ever.
      '--auto-compaction-retention=1',
      '--logger=zap',
      '--log-level=warn',
    ],
  }
}

function peerUrl(etcd: EtcdName): string {
  return `http://${address[etcd]}:${ports.etcdPeer}`
}
