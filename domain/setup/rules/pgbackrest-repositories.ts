import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import { listNames } from '#domain/words.ts'
import { pgbackrestFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'

const noRetention =
  'What the repositories keep is not told: the agent that looks at them is too old, or could not read pgbackrest.conf.'
const noStanza = { notApplicable: 'The stanza is not there.' }

/** What the repositories keep, and how safely. */
export const pgbackrestRepositoryRules = [
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
]
