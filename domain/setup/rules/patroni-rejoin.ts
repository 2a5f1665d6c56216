import { dynamicFix, parameterFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { settingOn } from '#domain/setup/settings.ts'
import { listNames } from '#domain/words.ts'

const copied =
  'A full copy of the data for each member that comes back; until it is made, one member less can take over.'

/** How a former leader and a replica that was away come back. */
export const patroniRejoinRules = [
  rule({
    rule: 'patroni-pg-rewind',
    title: 'A former leader comes back by pg_rewind',
    layer: 'patroni',
    needs: ['dynamic'],
    check: ({ dynamic: { usePgRewind } }) =>
      usePgRewind === true
        ? []
        : [
            {
              severity: 'warning',
              member: null,
              sentence:
                usePgRewind === false
                  ? 'use_pg_rewind is off.'
                  : 'The dynamic configuration does not switch use_pg_rewind on.',
              risk: 'After a failover the old leader has WAL that nobody else has. Without pg_rewind it cannot follow, and must be rebuilt from nothing, unless its own patroni.yml switches it on.',
              worstCase: copied,
              fix: dynamicFix('postgresql:\n  use_pg_rewind: true'),
            },
          ],
  }),
  rule({
    rule: 'patroni-rewind-possible',
    title: 'pg_rewind has what it needs: hint bits in WAL, or checksums',
    layer: 'patroni',
    needs: ['dynamic', 'members'],
    check: ({ dynamic, members }, input) => {
      if (dynamic.usePgRewind === false) return { notApplicable: 'use_pg_rewind is off.' }
      const states = members.map(({ name }) => {
        const hints = settingOn(input, name, 'wal_log_hints')?.value
        const checksums = settingOn(input, name, 'data_checksums')?.value
        if (hints === 'on' || checksums === 'on') return { name, able: true }
        return { name, able: hints === undefined || checksums === undefined ? null : false }
      })
      const unable = states.flatMap(({ name, able }) => (able === false ? [name] : []))
      if (unable.length > 0) {
        return [
          {
            severity: 'warning',
            member: unable.length === 1 ? (unable[0] ?? null) : null,
            sentence: `use_pg_rewind is on, but ${listNames(unable)} ${unable.length === 1 ? 'has' : 'have'} neither wal_log_hints nor data checksums.`,
            risk: 'pg_rewind refuses to work: a former leader stays out of the cluster, or is rebuilt from nothing.',
            worstCase: copied,
            fix: parameterFix('wal_log_hints', 'on', 'restart'),
          },
        ]
      }
      const untold = states.flatMap(({ name, able }) => (able === null ? [name] : []))
      return untold.length === 0
        ? []
        : {
            unseen: `wal_log_hints and data_checksums were not seen on ${listNames(untold)}: Matriarch reads them by SQL.`,
          }
    },
  }),
  rule({
    rule: 'patroni-slots',
    title: 'Replicas have replication slots',
    layer: 'patroni',
    needs: ['dynamic'],
    check: ({ dynamic: { useSlots } }) =>
      useSlots
        ? []
        : [
            {
              severity: 'warning',
              member: null,
              sentence: 'use_slots is off.',
              risk: 'The leader does not know what WAL its replicas still need and removes it. A replica that was away for a while must fetch it from the archive, or be rebuilt.',
              worstCase: copied,
              fix: dynamicFix('postgresql:\n  use_slots: true'),
            },
          ],
  }),
  rule({
    rule: 'patroni-member-slots-kept',
    title: 'The slot of a member that restarts is kept',
    layer: 'patroni',
    needs: ['dynamic', 'members'],
    check: ({ dynamic: { memberSlotsTtlSeconds: kept, useSlots }, members }) => {
      if (!useSlots) return { notApplicable: 'use_slots is off.' }
      const major = Math.min(...members.map(({ patroniVersion }) => Number.parseInt(patroniVersion ?? '', 10) || 0))
      if (major === 0) return { unseen: 'The version of Patroni was not seen on every member: its REST must answer.' }
      if (major < 4) return { notApplicable: 'member_slots_ttl counts from Patroni 4.0 on.' }
      // Half an hour where nothing is said.
      if (kept === null || kept >= 300) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: `member_slots_ttl is ${kept} s.`,
          risk: 'A member that is restarted, or whose machine is, loses its slot meanwhile, and with it the WAL it still needs.',
          worstCase: copied,
          fix: dynamicFix('member_slots_ttl: 30min'),
        },
      ]
    },
  }),
]
