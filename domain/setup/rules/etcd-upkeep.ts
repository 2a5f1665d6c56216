import { formatBytes } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'
import { etcdName, listedMembers, noEtcdList } from '#domain/setup/etcd-list.ts'
import { rule } from '#domain/setup/rule.ts'

const readOnlyAfter = 'Patroni cannot renew the lease then, and the leader becomes read-only.'

/** Whether etcd is kept up: its versions, its room, who may ask it and who is asked. */
export const etcdUpkeepRules = [
  rule({
    rule: 'etcd-versions-equal',
    title: 'All members of etcd run the same version',
    layer: 'etcd',
    needs: ['etcd'],
    check: ({ etcd }) => {
      const told = etcd.members.flatMap((member) =>
        member.version === null ? [] : [{ name: etcdName(member), version: member.version }],
      )
      if (new Set(told.map(({ version }) => version)).size > 1) {
        return [
          {
            severity: 'info',
            member: null,
            sentence: `${told.map(({ name, version }) => `${name} runs etcd ${version}`).join(', ')}.`,
            risk: 'An upgrade was begun and not ended; the cluster keeps to what the oldest understands.',
            worstCase: 'A fault that was mended comes back when an older member leads.',
            fix: {
              where: 'on each member of the older version, the leader last',
              paste: 'apt-get install --only-upgrade etcd-server\nsystemctl restart etcd',
            },
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
      const strangers = listedMembers(etcd).filter(({ url, isUnstarted }) => url === null && !isUnstarted)
      if (strangers.length === 0) return listedMembers(etcd).length === 0 ? { unseen: noEtcdList } : []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `Matriarch was not told of ${listNames(strangers.map(etcdName))}.`,
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
          : [{ name: etcdName(member), size: member.dbSizeBytes, quota: member.dbQuotaBytes || defaultQuota }],
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
          fix: {
            where: 'on each member of etcd in turn, the leader last',
            paste:
              'rev=$(etcdctl endpoint status --write-out=json | grep -o \'"revision":[0-9]*\' | head -n 1 | cut -d: -f2)\netcdctl compact $rev\netcdctl defrag',
          },
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
