import type { EtcdDetail, EtcdMember } from '#domain/stack/etcd-detail.ts'

/**
 * The members that etcd itself lists. An address that fits none of them may be another etcd's; and where the list could not be read,
 * the addresses that answer are not all there is.
 */
export function listedMembers({ members }: EtcdDetail): EtcdMember[] {
  return members.filter(({ name, isUnstarted }) => name !== null || isUnstarted)
}

export const noEtcdList = "The list of etcd's members was not read: one of them must answer."

/** What a member of etcd is called in a sentence. */
export function etcdName({ name, url, id }: EtcdMember): string {
  return name || url || id || 'a member'
}
