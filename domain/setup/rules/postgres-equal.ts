import { formatServerVersion } from '#domain/format.ts'
import { listNames } from '#domain/words.ts'
import type { Found } from '#domain/setup/rule.ts'
import { rule } from '#domain/setup/rule.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import {
  settingAmount,
  settingOnMembers,
  settingText,
  settingUnseen,
  type SettingSeen,
} from '#domain/setup/settings.ts'

/** What must not be lower on a replica than on the leader, or replay stops. */
const floors = [
  'max_connections',
  'max_worker_processes',
  'max_wal_senders',
  'max_prepared_transactions',
  'max_locks_per_transaction',
]

/** What makes a cluster behave otherwise after a switchover where it differs. */
const alike = [
  'shared_buffers',
  'work_mem',
  'maintenance_work_mem',
  'effective_cache_size',
  'max_wal_size',
  'checkpoint_timeout',
  'wal_level',
  'wal_log_hints',
  'archive_mode',
  'archive_command',
  'archive_timeout',
  'synchronous_commit',
  'fsync',
  'full_page_writes',
  'idle_in_transaction_session_timeout',
  'statement_timeout',
  'password_encryption',
  'ssl',
  'max_slot_wal_keep_size',
]

/** Whether the members are alike, so that a switchover changes nothing but the leader. */
export const postgresEqualRules = [
  rule({
    rule: 'postgres-replica-limits',
    title: 'Replicas allow as much as the leader does',
    layer: 'postgres',
    needs: ['members'],
    check: ({ members }, input) => {
      const leader = input.snapshot?.leader?.name
      if (members.length < 2) return { notApplicable: 'There is one member.' }
      if (!members.some(({ name }) => name === leader)) return { unseen: 'Who leads is not seen.' }
      const findings = floors.flatMap((name) => lowerThanLeader(name, leader, input))
      return findings.length > 0 ? findings : unseenOf('max_connections', input)
    },
  }),
  rule({
    rule: 'postgres-settings-equal',
    title: 'Settings are the same on all members',
    layer: 'postgres',
    needs: ['members'],
    check: ({ members }, input) => {
      if (members.length < 2) return { notApplicable: 'There is one member.' }
      const differing = alike.flatMap((name) => {
        const { seen } = settingOnMembers(input, name)
        return new Set(seen.map(settingText)).size > 1 ? [{ name, seen }] : []
      })
      if (differing.length === 0) return unseenOf('shared_buffers', input)
      const [first] = differing
      const detail = first ? first.seen.map((each) => `${settingText(each)} on ${each.member}`).join(', ') : ''
      const others = differing.slice(1).map(({ name }) => name)
      return [
        {
          severity: 'warning',
          member: null,
          // A command may hold a secret: it is not told.
          sentence: `${first?.name === 'archive_command' ? 'archive_command differs between members' : `${first?.name} is ${detail}`}${others.length === 0 ? '' : `; ${listNames(others)} ${others.length === 1 ? 'differs' : 'differ'} as well`}.`,
          risk: 'After a switchover the cluster is slower, refuses what it took before, or archives otherwise.',
          worstCase: 'What works today fails after the next failover, when nobody expects it.',
          fix: {
            where: 'patronictl edit-config, once patroni.yml of the nodes does not say otherwise',
            paste: `postgresql:\n  parameters:\n${differing.map(({ name, seen }) => lineOf(name, seen, input)).join('\n')}`,
          },
        },
      ]
    },
  }),
  rule({
    rule: 'postgres-versions-equal',
    title: 'All members run the same Postgres',
    layer: 'postgres',
    needs: ['members'],
    check: ({ members }, { snapshot }) => {
      const versions = new Map<number, string[]>()
      for (const { name, serverVersion } of members) {
        if (serverVersion !== null) versions.set(serverVersion, [...(versions.get(serverVersion) ?? []), name])
      }
      if (versions.size > 1) {
        const told = [...versions].map(
          ([version, names]) =>
            `${listNames(names)} ${names.length === 1 ? 'runs' : 'run'} ${formatServerVersion(version)}`,
        )
        return [
          {
            severity: 'warning',
            member: null,
            sentence: `${told.join(', ')}.`,
            risk: 'A fix of one version is missing on the others, and a switchover may bring back a fault that was mended.',
            worstCase: 'Whatever the release notes between the two versions name, damaged indexes among it.',
            fix: {
              where: 'on each member of the older version, replicas first',
              paste: `apt-get install --only-upgrade postgresql\npatronictl restart ${snapshot?.scope ?? 'CLUSTER'} MEMBER`,
            },
          },
        ]
      }
      const untold = members.filter(({ serverVersion }) => serverVersion === null).map(({ name }) => name)
      return untold.length === 0 ? [] : { unseen: `The version of Postgres on ${listNames(untold)} was not seen.` }
    },
  }),
]

function lowerThanLeader(name: string, leader: string | undefined, input: SetupInput): Found[] {
  const { seen } = settingOnMembers(input, name)
  const ofLeader = seen.find(({ member }) => member === leader)
  const least = ofLeader ? settingAmount(ofLeader) : null
  if (least === null) return []
  const lower = seen.filter((each) => (settingAmount(each) ?? least) < least)
  return lower.map((each) => ({
    severity: 'critical' as const,
    member: each.member,
    sentence: `${name} is ${each.value} on ${each.member}, but ${least} on the leader ${leader}.`,
    risk: 'Replay on the replica pauses, or its Postgres does not start: it falls behind and cannot take over.',
    worstCase: 'Everything that was written since replay stopped, if it has to take over all the same.',
    fix: {
      where: `patronictl restart, on ${each.member}, once patroni.yml there does not set it`,
      paste: `patronictl restart ${input.snapshot?.scope ?? 'CLUSTER'} ${each.member}`,
    },
  }))
}

function unseenOf(name: string, input: SetupInput): [] | { unseen: string } {
  const { unseen } = settingOnMembers(input, name)
  return unseen.length === 0 ? [] : { unseen: settingUnseen(name, unseen) }
}

/** As the leader has it. */
function lineOf(name: string, seen: readonly SettingSeen[], { snapshot }: SetupInput): string {
  if (name === 'archive_command') return `    # archive_command: the same on every node`
  const setting = seen.find(({ member }) => member === snapshot?.leader?.name) ?? seen[0]
  const text = setting ? settingText(setting) : ''
  return `    ${name}: ${/^-?\d+$/.test(text) ? text : `"${text}"`}`
}
