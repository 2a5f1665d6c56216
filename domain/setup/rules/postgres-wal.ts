import { formatBytes, formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { parameterFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'
import { settingRule } from '#domain/setup/setting-rule.ts'
import { settingAmount, settingOnMembers, settingUnseen } from '#domain/setup/settings.ts'
import type { SetupInput } from '#domain/setup/setup-input.ts'
import { rateOf } from '#domain/setup/worth.ts'

/** Whether WAL reaches the archive, and whether enough and not too much of it is kept. */
export const postgresWalRules = [
  settingRule({
    rule: 'postgres-archive-on',
    title: 'WAL is archived',
    setting: 'archive_mode',
    severity: 'critical',
    isFine: ({ value }) => value !== 'off',
    wrong: 'WAL goes to no archive',
    risk: 'Only the moments at which a backup ended can be restored, and what was written since the last one cannot.',
    worstCase: 'Everything since the newest backup: a day of work where one is taken each night.',
    fix: parameterFix('archive_mode', 'on', 'restart'),
  }),
  rule({
    rule: 'postgres-archive-command',
    title: 'archive_command keeps what it is given',
    layer: 'postgres',
    needs: ['postgres'],
    check: ({ postgres }) => {
      const told = postgres.flatMap(({ member, detail: { archiver, settings } }) =>
        archiver === null || archiver.mode === 'off'
          ? []
          : [{ member, command: archiver.command ?? '', library: settings['archive_library']?.value ?? '' }],
      )
      if (told.length === 0) return { notApplicable: 'archive_mode is off, or was not seen.' }
      const idle = told.filter(
        ({ command, library }) => library === '' && /^\s*(?:$|:|true$|\/(?:usr\/)?bin\/true$|exit 0$)/.test(command),
      )
      const [first] = idle
      if (!first) return []
      return [
        {
          severity: 'critical',
          member: idle.length === 1 ? first.member : null,
          sentence: `archive_command ${first.command.trim() === '' ? 'is empty' : `is ${first.command.trim()}`} on ${idle.map(({ member }) => member).join(', ')}: WAL is not kept anywhere.`,
          risk:
            first.command.trim() === ''
              ? 'WAL piles up until the disk is full.'
              : 'Postgres takes WAL for archived and removes it.',
          worstCase: 'Everything since the newest backup.',
          fix: parameterFix('archive_command', 'pgbackrest --stanza=main archive-push %p'),
        },
      ]
    },
  }),
  settingRule({
    rule: 'postgres-archive-timeout',
    title: 'A quiet cluster is archived as well',
    setting: 'archive_timeout',
    severity: 'info',
    isFine: (setting) => {
      const seconds = settingAmount(setting) ?? 0
      return seconds > 0 && seconds <= 900
    },
    wrong: 'a segment that is not full waits long for the archive',
    risk: 'If all members are lost, what is in the segment that was not full yet is lost with them.',
    worstCase: ({ snapshot, backups }) => {
      const size = backups?.view?.walSegmentSizeBytes ?? 16_777_216
      const rate = rateOf(snapshot)
      const lasting =
        rate === null ? 'however long they took' : `about ${formatDuration((size / rate) * 1000)} at today's rate`
      return `Up to ${formatBytes(size)} of writes, ${lasting}.`
    },
    fix: parameterFix('archive_timeout', '60s'),
    notApplicable: (input) => {
      const { seen } = settingOnMembers(input, 'archive_mode')
      return seen.length > 0 && seen.every(({ value }) => value === 'off') ? 'WAL is not archived at all.' : null
    },
  }),
  settingRule({
    rule: 'postgres-slot-limit',
    title: 'A replica that is away cannot fill the disk',
    setting: 'max_slot_wal_keep_size',
    severity: 'warning',
    isFine: (setting) => (settingAmount(setting) ?? 0) >= 0,
    wrong: 'slots keep WAL without a limit',
    risk: 'A replica that is gone, or a subscriber that nobody reads from, keeps all WAL on the leader until its disk is full; then Postgres stops.',
    worstCase: diskFull,
    fix: parameterFix('max_slot_wal_keep_size', '50GB'),
    notApplicable: ({ snapshot }) => (snapshot?.config?.setup?.useSlots === false ? 'use_slots is off.' : null),
  }),
  settingRule({
    rule: 'postgres-wal-keep',
    title: 'Without slots, WAL is kept for replicas that restart',
    setting: 'wal_keep_size',
    severity: 'warning',
    isFine: (setting) => (settingAmount(setting) ?? 0) > 0,
    wrong: 'and there are no slots, so a replica that was away finds its WAL gone',
    risk: 'A replica that is restarted must fetch WAL from the archive, or be rebuilt.',
    worstCase: 'A full copy of the data for each replica that was away; one member less that can take over meanwhile.',
    fix: parameterFix('wal_keep_size', '1GB'),
    notApplicable: ({ snapshot }) => (snapshot?.config?.setup?.useSlots === false ? null : 'Slots keep it.'),
  }),
  rule({
    rule: 'postgres-enough-senders',
    title: 'There are WAL senders and slots for all members, and to spare',
    layer: 'postgres',
    needs: ['members'],
    check: ({ members }, input) => {
      const needed = { max_wal_senders: members.length + 1, max_replication_slots: members.length - 1 }
      const findings = Object.entries(needed).flatMap(([name, least]) => {
        const short = settingOnMembers(input, name).seen.find((setting) => (settingAmount(setting) ?? least) < least)
        if (!short) return []
        return [
          {
            severity: 'warning' as const,
            member: short.member,
            sentence: `${name} is ${short.value} on ${short.member}; ${count(members.length, 'member')} and a backup need ${least}.`,
            risk: 'After a switchover to it, not every replica can follow, or none can be rebuilt.',
            worstCase: 'A replica less that can take over, from the next switchover on.',
            fix: parameterFix(name, 10, 'restart'),
          },
        ]
      })
      if (findings.length > 0) return findings
      for (const name of Object.keys(needed)) {
        const { unseen } = settingOnMembers(input, name)
        if (unseen.length > 0) return { unseen: settingUnseen(name, unseen) }
      }
      return []
    },
  }),
]

/** By the room that an agent saw last, and what is written now. */
function diskFull({ snapshot, agents }: SetupInput): string {
  const rooms = (agents ?? []).flatMap(({ dataFreeBytes }) => (dataFreeBytes == null ? [] : [dataFreeBytes]))
  const rate = rateOf(snapshot)
  if (rooms.length === 0 || rate === null) return 'No writes once the disk is full, until somebody makes room.'
  const free = Math.min(...rooms)
  if (free / rate > yearSeconds)
    return `No writes once the disk is full, which at today's rate with ${formatBytes(free)} free takes more than a year.`
  return `The disk is full ${formatDuration((free / rate) * 1000)} after a replica is lost, at today's rate with ${formatBytes(free)} free; then nothing can be written.`
}

const yearSeconds = 365 * 86_400
