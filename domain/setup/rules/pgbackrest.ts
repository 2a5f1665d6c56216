import { isRepositoryReadable } from '../../backup-repository.ts'
import { formatAge } from '../../format.ts'
import { rehearsalFindings } from '../../rehearsal-findings.ts'
import { listNames } from '../../words.ts'
import { pgbackrestFix, parameterFix } from '../fix.ts'
import { rule } from '../rule.ts'

const noRetention =
  'What the repositories keep is not told: the agent that looks at them is too old, or could not read pgbackrest.conf.'
const noStanza = { notApplicable: 'The stanza is not there.' }

/** Whether what is lost can be brought back. */
export const pgbackrestRules = [
  rule({
    rule: 'pgbackrest-stanza',
    title: 'pgBackRest knows this cluster',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups }) =>
      backups.stanza !== null
        ? []
        : [
            {
              severity: 'critical',
              member: null,
              sentence: `pgBackRest on ${backups.node} knows no stanza ${backups.stanzaName}.`,
              risk: 'Nothing is backed up, and archiving fails.',
              worstCase: 'All data, when the members are lost or somebody drops a table.',
              fix: {
                where: `as the owner of the repository, on ${backups.node}`,
                paste: `pgbackrest --stanza=${backups.stanzaName} stanza-create`,
              },
            },
          ],
  }),
  rule({
    rule: 'pgbackrest-scheduled',
    title: 'Backups are taken by a schedule',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups }, { schedules, now }) => {
      if (backups.stanza === null) return noStanza
      if (schedules?.scheduled) return []
      const newest = Math.max(
        0,
        ...backups.stanza.backups
          .filter(({ isOfThisCluster }) => isOfThisCluster)
          .map(({ stoppedAt }) => stoppedAt.getTime()),
      )
      if (newest > 0 && now.getTime() - newest <= twoDaysMs) return []
      const age = newest === 0 ? 'and there is none' : `and the newest is ${formatAge(new Date(newest), now)} old`
      return [
        {
          severity: 'warning',
          member: null,
          sentence: `No schedule of backups is in force here, ${age}.`,
          risk: 'The older the newest backup, the more WAL has to be replayed, and the more of it can be missing.',
          worstCase:
            newest === 0
              ? 'All data: without a backup, WAL alone restores nothing.'
              : `A recovery that replays ${formatAge(new Date(newest), now)} of WAL, and fails if one segment of it is bad.`,
          fix: {
            where: 'Backups of this cluster, Schedule; or cron on a node',
            paste: `0 1 * * 0 pgbackrest --stanza=${backups.stanzaName} --type=full backup\n0 1 * * 1-6 pgbackrest --stanza=${backups.stanzaName} --type=diff backup`,
          },
        },
      ]
    },
  }),
  rule({
    rule: 'pgbackrest-retention',
    title: 'Repositories keep more than one full backup, and not all for ever',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups }) => {
      if (!backups.retention || backups.retention.length === 0) return { unseen: noRetention }
      return backups.retention.flatMap(({ repository, full, fullType }) => {
        if (full !== null && (fullType === 'time' || full > 1)) return []
        return [
          {
            severity: 'warning' as const,
            member: null,
            sentence:
              full === null
                ? `Repository ${repository} keeps every backup for ever.`
                : `Repository ${repository} keeps one full backup.`,
            risk:
              full === null
                ? 'It grows until its disk is full; then neither backups nor WAL are kept any more.'
                : 'Each new backup removes the last one, and if the new one is bad there is no way back.',
            worstCase:
              full === null
                ? 'Everything since the day on which the repository was full.'
                : 'All data, if the one backup does not restore.',
            fix: pgbackrestFix(`repo${repository}-retention-full=4`),
          },
        ]
      })
    },
  }),
  rule({
    rule: 'pgbackrest-wal-retention',
    title: 'WAL is kept for every backup that is kept',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups }) => {
      if (!backups.retention || backups.retention.length === 0) return { unseen: noRetention }
      return backups.retention.flatMap(({ repository, archive, archiveType, full, fullType }) => {
        const isShort =
          archive !== null && full !== null && fullType === 'count' && (archiveType !== 'full' || archive < full)
        if (!isShort) return []
        return [
          {
            severity: 'info' as const,
            member: null,
            sentence: `Repository ${repository} keeps WAL for ${archive} ${archiveType} backups only, of ${full} full ones.`,
            risk: 'Of an older backup only the moment at which it ended can be recovered.',
            worstCase:
              'Moments between older backups cannot be gone back to: a mistake that is found late is not undone exactly.',
            fix: pgbackrestFix(
              `repo${repository}-retention-archive=${full}\nrepo${repository}-retention-archive-type=full`,
            ),
          },
        ]
      })
    },
  }),
  rule({
    rule: 'pgbackrest-encrypted',
    title: 'Backups are encrypted',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups: { stanza } }) => {
      if (stanza === null) return noStanza
      const clear = stanza.repositories
        .filter((repository) => isRepositoryReadable(repository) && repository.cipher === 'none')
        .map(({ key }) => key)
      const unread = stanza.repositories
        .filter((repository) => !isRepositoryReadable(repository))
        .map(({ key }) => String(key))
      const [first] = clear
      if (first === undefined)
        return unread.length === 0 ? [] : { unseen: `Repository ${listNames(unread)} could not be read.` }
      return [
        {
          severity: 'info',
          member: null,
          sentence: `${clear.length === 1 ? `Repository ${first} is` : `Repositories ${listNames(clear.map(String))} are`} not encrypted.`,
          risk: 'Who can read the bucket or the disk of the repository has the whole database.',
          worstCase: 'All data, read by others.',
          fix: {
            where: 'pgbackrest.conf on each node, of a new repository: an existing one cannot be changed',
            paste: `repo${first + 1}-cipher-type=aes-256-cbc\nrepo${first + 1}-cipher-pass=CHOOSE-ONE`,
          },
        },
      ]
    },
  }),
  rule({
    rule: 'pgbackrest-second-repository',
    title: 'Backups lie in two places',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups: { stanza } }) => {
      if (stanza === null) return noStanza
      if (stanza.repositories.length >= 2) return []
      return [
        {
          severity: 'info',
          member: null,
          sentence: 'There is one repository.',
          risk: 'A lost bucket, a wrong retention or a full disk takes all backups at once.',
          worstCase: 'All data, where the repository goes with the machines or with a mistake.',
          fix: pgbackrestFix('repo2-type=s3\nrepo2-path=/backups\nrepo2-retention-full=4'),
        },
      ]
    },
  }),
  rule({
    rule: 'pgbackrest-rehearsed',
    title: 'A recovery has been rehearsed lately',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups: { stanza } }, { rehearsals, schedules, now }) => {
      if (!stanza?.backups.some(({ isOfThisCluster }) => isOfThisCluster))
        return { notApplicable: 'There is no backup to rehearse with.' }
      if (rehearsals === null) return { unseen: 'What was rehearsed is not known.' }
      return rehearsalFindings(rehearsals, now, schedules?.rehearsalsScheduled ?? null).map(({ sentence }) => ({
        severity: 'warning',
        member: null,
        sentence,
        risk: 'A backup that was never restored is a hope: what it lacks is found on the day it is needed.',
        worstCase: 'All data, if it turns out then that the backups do not restore.',
        fix: { where: 'on the command line, or Rehearse on the page of backups', paste: 'matriarch rehearse CLUSTER' },
      }))
    },
  }),
  rule({
    rule: 'pgbackrest-same-stanza',
    title: 'Postgres archives into the stanza that is backed up',
    layer: 'pgbackrest',
    needs: ['backups', 'postgres'],
    check: ({ backups, postgres }) => {
      const told = postgres.flatMap(({ member, detail: { archiver } }) => {
        const stanza = /pgbackrest.*--stanza[= ]"?([\w.-]+)/.exec(archiver?.command ?? '')?.[1]
        return stanza === undefined ? [] : [{ member, stanza }]
      })
      if (told.length === 0) return { notApplicable: 'No archive_command was seen that names a stanza of pgBackRest.' }
      const other = told.find(({ stanza }) => stanza !== backups.stanzaName)
      if (!other) return []
      return [
        {
          severity: 'critical',
          member: other.member,
          sentence: `archive_command on ${other.member} archives into stanza ${other.stanza}, but the backups are in ${backups.stanzaName}.`,
          risk: 'The backups lack the WAL that comes after them, and the ones in the other stanza lack backups.',
          worstCase: 'Everything since the newest backup.',
          fix: parameterFix('archive_command', `pgbackrest --stanza=${backups.stanzaName} archive-push %p`),
        },
      ]
    },
  }),
]

const twoDaysMs = 172_800_000
