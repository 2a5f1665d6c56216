import { formatDuration } from '#domain/format.ts'
import type { EtcdDetail, EtcdMember } from '#domain/stack/etcd-detail.ts'
import { count, listNames } from '#domain/words.ts'
import { etcdName, listedMembers, noEtcdList } from '#domain/setup/etcd-list.ts'
import { rule } from '#domain/setup/rule.ts'

const readOnlyAfter = 'Patroni cannot renew the lease then, and the leader becomes read-only.'

/** Whether enough members of etcd vote, and an odd number of them. */
export const etcdMemberRules = [
  rule({
    rule: 'etcd-odd-members',
    title: 'etcd has an odd number of members',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const voting = votersOf(etcd)
      if (voting.length === 0) return { unseen: noEtcdList }
      if (voting.length % 2 === 1) return []
      const may = voting.length - (Math.floor(voting.length / 2) + 1)
      return [
        {
          severity: may === 0 ? 'critical' : 'warning',
          member: null,
          sentence: `etcd has ${voting.length} voting members: ${may === 0 ? 'none may fail' : `${may} may fail, as with ${voting.length - 1}`}.`,
          risk: `One more machine that can fail, and no more that may. Cut in halves, neither half has a quorum. ${readOnlyAfter}`,
          worstCase: 'No writes until the network is whole again.',
          fix: {
            where: 'on the new machine, then etcd with --initial-cluster-state existing',
            paste: 'etcdctl member add NAME --peer-urls=http://ADDRESS:2380',
          },
        },
      ]
    },
  }),
  rule({
    rule: 'etcd-three-members',
    title: 'etcd may lose a member',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }, { snapshot }) => {
      const voting = votersOf(etcd)
      if (voting.length === 0) return { unseen: noEtcdList }
      if (voting.length >= 3) return []
      const { loopWaitSeconds = 10, retryTimeoutSeconds = 10 } = snapshot?.config ?? {}
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `etcd has ${count(voting.length, 'voting member')}.`,
          risk: `${voting.length === 1 ? 'If it' : 'If one'} fails, or is restarted, there is no quorum. ${readOnlyAfter}`,
          worstCase: `No writes from ${formatDuration((loopWaitSeconds + 2 * retryTimeoutSeconds) * 1000)} after that until it is back, with every Postgres well.`,
          fix: {
            where: 'on a machine of its own, then etcd with --initial-cluster-state existing',
            paste: 'etcdctl member add NAME --peer-urls=http://ADDRESS:2380',
          },
        },
      ]
    },
  }),
  rule({
    rule: 'etcd-members-started',
    title: 'Every member of etcd has been started and votes',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const idle = listedMembers(etcd).filter(({ isUnstarted, isLearner }) => isUnstarted || isLearner)
      const [first] = idle
      if (!first) return listedMembers(etcd).length === 0 ? { unseen: noEtcdList } : []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `${listNames(idle.map(etcdName))} ${first.isUnstarted ? 'was added to etcd but never started' : 'is a learner and does not vote'}.`,
          risk: first.isUnstarted
            ? 'It counts for the quorum as one that has failed.'
            : 'It takes part in nothing: the others are as many as they were.',
          worstCase: 'The quorum is lost with one failure fewer than it seems; no writes then.',
          fix: first.isUnstarted
            ? {
                where: 'on any member of etcd, unless it is to be started',
                paste: `etcdctl member remove ${hexOf(first)}`,
              }
            : { where: 'on any member of etcd', paste: `etcdctl member promote ${hexOf(first)}` },
        },
      ]
    },
  }),
]

/** What was added but never started votes as well, and is missing. */
function votersOf(etcd: EtcdDetail): EtcdMember[] {
  return listedMembers(etcd).filter(({ isLearner }) => !isLearner)
}

/** As etcdctl writes it. */
function hexOf({ id }: EtcdMember): string {
  return id !== null && /^\d{1,20}$/.test(id) ? BigInt(id).toString(16) : 'ID'
}
