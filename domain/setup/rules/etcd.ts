import { formatBytes, formatDuration } from '../../format.ts'
import type { EtcdDetail, EtcdMember } from '../../stack/etcd-detail.ts'
import { count, listNames } from '../../words.ts'
import { rule } from '../rule.ts'

const readOnlyAfter = 'Patroni cannot renew the lease then, and the leader becomes read-only.'

/** Whether etcd outlasts what it is there to outlast. */
export const etcdRules = [
  rule({
    rule: 'etcd-odd-members',
    title: 'etcd has an odd number of members',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const voting = votersOf(etcd)
      if (voting.length === 0) return { unseen: 'No member of etcd was seen.' }
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
      if (voting.length === 0) return { unseen: 'No member of etcd was seen.' }
      if (voting.length >= 3) return []
      const { loopWaitSeconds = 10, retryTimeoutSeconds = 10 } = snapshot?.config ?? {}
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `etcd has ${count(voting.length, 'voting member')}.`,
          risk: `If one fails, or is restarted, there is no quorum. ${readOnlyAfter}`,
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
      const idle = etcd.members.filter(({ isUnstarted, isLearner }) => isUnstarted || isLearner)
      const [first] = idle
      if (!first) return etcd.members.length === 0 ? { unseen: 'No member of etcd was seen.' } : []
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `${listNames(idle.map(nameOf))} ${first.isUnstarted ? 'was added to etcd but never started' : 'is a learner and does not vote'}.`,
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
  rule({
    rule: 'etcd-versions-equal',
    title: 'All members of etcd run the same version',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const told = etcd.members.flatMap((member) =>
        member.version === null ? [] : [{ name: nameOf(member), version: member.version }],
      )
      if (new Set(told.map(({ version }) => version)).size > 1) {
        return [
          {
            severity: 'info',
            member: null,
            sentence: `${told.map(({ name, version }) => `${name} runs etcd ${version}`).join(', ')}.`,
            risk: 'An upgrade was begun and not ended; the cluster keeps to what the oldest understands.',
            worstCase: 'A fault that was mended comes back when an older member leads.',
            fix: { where: 'on each member of the older version, the leader last', paste: 'systemctl restart etcd' },
          },
        ]
      }
      return told.length === etcd.members.length && told.length > 0
        ? []
        : { unseen: 'The version of some members of etcd was not seen.' }
    },
  }),
  rule({
    rule: 'etcd-members-known',
    title: 'Matriarch asks every member of etcd',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const strangers = etcd.members.filter(({ url, isUnstarted }) => url === null && !isUnstarted)
      if (strangers.length === 0) return etcd.members.length === 0 ? { unseen: 'No member of etcd was seen.' } : []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `Matriarch was not told of ${listNames(strangers.map(nameOf))}.`,
          risk: 'How they are is not seen, and when the others fail Matriarch does not see the leader key.',
          worstCase: 'Matriarch does not notice when the quorum is about to be lost.',
          fix: {
            where: 'etcd addresses in the settings of this cluster',
            paste: strangers.map((member) => `http://${member.name ?? 'ADDRESS'}:2379`).join('\n'),
          },
        },
      ]
    },
  }),
  rule({
    rule: 'etcd-room',
    title: 'etcd is far from its quota',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const told = etcd.members.flatMap((member) =>
        member.dbSizeBytes === null
          ? []
          : [{ name: nameOf(member), size: member.dbSizeBytes, quota: member.dbQuotaBytes || defaultQuota }],
      )
      const fullest = told.toSorted((a, b) => b.size / b.quota - a.size / a.quota)[0]
      if (!fullest) return { unseen: 'How large etcd is was not seen.' }
      if (fullest.size < fullest.quota * 0.6)
        return told.length === etcd.members.length ? [] : { unseen: 'How large etcd is was not seen on every member.' }
      return [
        {
          severity: fullest.size > fullest.quota * 0.85 ? 'critical' : 'warning',
          member: null,
          sentence: `etcd on ${fullest.name} holds ${formatBytes(fullest.size)} of ${formatBytes(fullest.quota)} at most.`,
          risk: `At its quota etcd refuses all writes (NOSPACE). ${readOnlyAfter}`,
          worstCase: 'No writes until it is compacted, defragmented and the alarm is disarmed.',
          fix: { where: 'on each member of etcd in turn, the leader last', paste: 'etcdctl defrag' },
        },
      ]
    },
  }),
  rule({
    rule: 'etcd-authentication',
    title: 'etcd asks who reads and writes the leader key',
    layer: 'etcd',
    needs: ['endpoints', 'snapshot'],
    check: ({ endpoints, snapshot }) => {
      if (endpoints.etcdUrls.length === 0) return { unseen: 'Matriarch was told of no etcd.' }
      if (endpoints.etcdUser !== null)
        return { unseen: 'Matriarch logs in; whether etcd would also answer without is not tried.' }
      // With authentication on, nobody reads without a user: what could be read so can be written so.
      if (snapshot.etcd?.keysSeenAt == null) return { unseen: 'The keys of etcd have not been read.' }
      return [
        {
          severity: 'warning',
          member: null,
          sentence: 'etcd let Matriarch read its keys without a user, so its authentication is off.',
          risk: 'Whoever reaches its port can write the leader key and the configuration, unless it asks for client certificates.',
          worstCase: 'Two leaders, or another archive_command, by anybody on the network: up to all data.',
          fix: {
            where: 'on any member of etcd, once users and roles are made for Patroni and Matriarch',
            paste: 'etcdctl user add root\netcdctl user grant-role root root\netcdctl auth enable',
          },
        },
      ]
    },
  }),
]

const defaultQuota = 2_147_483_648

/** What was added but never started votes as well, and is missing. */
function votersOf({ members }: EtcdDetail): EtcdMember[] {
  return members.filter(({ isLearner }) => !isLearner)
}

function nameOf({ name, url, id }: EtcdMember): string {
  return name || url || id || 'a member'
}

/** As etcdctl writes it. */
function hexOf({ id }: EtcdMember): string {
  return id !== null && /^\d{1,20}$/.test(id) ? BigInt(id).toString(16) : 'ID'
}
