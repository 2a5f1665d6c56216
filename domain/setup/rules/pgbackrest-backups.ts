import { formatAge } from '#domain/format.ts'
import { rehearsalFindings } from '#domain/rehearsal/rehearsal-findings.ts'
import { parameterFix } from '#domain/setup/fix.ts'
import { rule } from '#domain/setup/rule.ts'

const noStanza = { notApplicable: 'The stanza is not there.' }

/** Whether what is lost can be brought back. */
export const pgbackrestBackupRules = [
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
    rule: 'pgbackrest-rehearsed',
    title: 'A recovery has been rehearsed lately',
    layer: 'pgbackrest',
    needs: ['backups'],
    check: ({ backups: { stanza } }, { rehearsals, schedules, snapshot, now }) => {
      if (!stanza?.backups.some(({ isOfThisCluster }) => isOfThisCluster))
        return { notApplicable: 'There is no backup to rehearse with.' }
      if (rehearsals === null) return { unseen: 'What was rehearsed is not known.' }
      return rehearsalFindings(rehearsals, now, schedules?.rehearsalsScheduled ?? null).map(({ sentence }) => ({
        severity: 'warning',
        member: null,
        sentence,
        risk: 'A backup that was never restored is a hope: what it lacks is found on the day it is needed.',
        worstCase: 'All data, if it turns out then that the backups do not restore.',
        fix: {
          where: 'on the command line, or Rehearse on the page of backups',
          paste: `matriarch rehearse ${snapshot?.clusterName ?? 'CLUSTER'}`,
        },
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
