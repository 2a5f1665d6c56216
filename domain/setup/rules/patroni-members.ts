import { isBarred } from '#domain/judgement/barred.ts'
import { formatInstant } from '#domain/format.ts'
import { count, listNames } from '#domain/words.ts'
import { rule } from '#domain/setup/rule.ts'

/** Who belongs to the cluster, and who may tell it what to do. */
export const patroniMemberRules = [
  rule({
    rule: 'patroni-two-may-lead',
    title: 'At least two members may lead',
    layer: 'patroni',
    needs: ['members'],
    check: ({ members }) => {
      const able = members.filter((member) => !isBarred(member))
      if (able.length >= 2) return []
      const barred = members.filter((member) => isBarred(member)).map(({ name }) => name)
      return [
        {
          severity: 'critical',
          member: null,
          sentence:
            barred.length === 0
              ? `The cluster has ${count(members.length, 'member')}.`
              : `Of ${count(members.length, 'member')}, ${listNames(barred)} may not lead, by tag.`,
          risk: 'When the leader fails, there is nobody to take over.',
          worstCase: 'No writes until its machine is back, or until the newest backup is restored.',
          fix:
            barred.length === 0
              ? { where: 'on a further machine', paste: 'patroni /etc/patroni/patroni.yml' }
              : {
                  where: `patroni.yml on ${listNames(barred)}, then patronictl reload`,
                  paste: 'tags:\n  nofailover: false',
                },
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-three-members',
    title: 'One member may be lost, and another be spared',
    layer: 'patroni',
    needs: ['members'],
    check: ({ members }) =>
      members.length !== 2
        ? []
        : [
            {
              severity: 'info',
              member: null,
              sentence: 'The cluster has two members.',
              risk: 'After one failure, and while one is restarted or rebuilt, nobody stands ready.',
              worstCase: 'A second failure in that time means no writes until a machine is back.',
              fix: { where: 'on a third machine', paste: 'patroni /etc/patroni/patroni.yml' },
            },
          ],
  }),
  rule({
    rule: 'patroni-versions-equal',
    title: 'All members run the same Patroni',
    layer: 'patroni',
    needs: ['members'],
    check: ({ members }) => {
      const versions = new Map<string, string[]>()
      for (const { name, patroniVersion } of members) {
        if (patroniVersion === null) continue
        versions.set(patroniVersion, [...(versions.get(patroniVersion) ?? []), name])
      }
      if (versions.size > 1) {
        return [
          {
            severity: 'warning',
            member: null,
            sentence: `${[...versions].map(([version, names]) => `${listNames(names)} ${names.length === 1 ? 'runs' : 'run'} Patroni ${version}`).join(', ')}.`,
            risk: 'An upgrade was begun and not ended: members understand the same configuration differently, and behave otherwise after a failover.',
            worstCase:
              'What the newer version promises, such as quorum or failsafe mode, does not hold while an older one leads.',
            fix: {
              where: 'on each member of the older version, replicas first',
              paste: 'apt-get install --only-upgrade patroni\nsystemctl restart patroni',
            },
          },
        ]
      }
      const untold = members.filter(({ patroniVersion }) => patroniVersion === null).map(({ name }) => name)
      return untold.length === 0
        ? []
        : { unseen: `The version of ${listNames(untold)} was not seen: its REST must answer.` }
    },
  }),
  rule({
    rule: 'patroni-rest-asks-who',
    title: 'The REST API asks for a password before it acts',
    layer: 'patroni',
    needs: ['endpoints'],
    check: ({ endpoints }, { obeyedAt }) => {
      if (endpoints.hasPatroniPassword || obeyedAt === null) {
        return {
          unseen:
            'Reading needs no password, and Matriarch sends no write to find out whether writing does. See restapi.authentication in patroni.yml of each node.',
        }
      }
      return [
        {
          severity: 'critical',
          member: null,
          sentence: `Patroni did what Matriarch asked at ${formatInstant(obeyedAt)}, and Matriarch has no password for it.`,
          risk: 'Whoever reaches the REST port can switch over, restart and rebuild members, and change the configuration, archive_command among it.',
          worstCase: 'All data, by anybody on the network.',
          fix: {
            where:
              'restapi in patroni.yml on each node, then patronictl reload; and in the settings of this cluster here',
            paste: 'authentication:\n  username: patroni\n  password: CHOOSE-ONE',
          },
        },
      ]
    },
  }),
  rule({
    rule: 'patroni-rest-encrypted',
    title: "Patroni's password does not cross the network in clear",
    layer: 'patroni',
    needs: ['endpoints'],
    check: ({ endpoints }) => {
      if (!endpoints.hasPatroniPassword) return { notApplicable: 'Matriarch has no password for Patroni.' }
      const clear = endpoints.patroniUrls.filter((url) => !url.toLowerCase().startsWith('https:'))
      if (clear.length === 0) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `${clear.length === 1 ? (clear[0] ?? '') : `${clear.length} addresses of Patroni`} ${clear.length === 1 ? 'is' : 'are'} asked without TLS.`,
          risk: 'Whoever can listen on the network reads the password with each act, and may then act as well.',
          worstCase: 'Switchovers, restarts and rebuilds by others.',
          fix: {
            where: 'restapi in patroni.yml on each node',
            paste: 'certfile: /etc/patroni/server.crt\nkeyfile: /etc/patroni/server.key',
          },
        },
      ]
    },
  }),
]
