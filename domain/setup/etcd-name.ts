import type { EtcdMember } from '../stack/etcd-detail.ts'

/** What a member of etcd is called in a sentence. */
export function etcdName({ name, url, id }: EtcdMember): string {
  return name || url || id || 'a member'
}
