import type { Command } from 'commander'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { get } from '../api.ts'
import type { Exit } from '../exit.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { addRepositoryCommands } from './repository.ts'

interface BackupsShape {
  sentence: string
  seenAt: Date | null
  findings: { severity: string; sentence: string; advice: string }[]
  problems: string[]
  running: { fraction: number | null } | null
  backups: {
    label: string
    type: string
    repository: number
    startedAt: Date
    stoppedAt: Date
    sizeBytes: number
    repositoryDeltaBytes: number
    hasPageErrors: boolean | null
  }[]
}

/** `backups <cluster>`, and what is done to its repositories. */
export function addBackupsCommand(program: Command, exit: Exit): void {
  const backups = program
    .command('backups <cluster>')
    .description('how far back and how close to now recovery can reach, and each backup')
    .option('--json', 'print {sentence, earliestAt, latestAt, findings, windows, archiver, backups, ...}')
    .action(async (cluster: string, { json }: { json?: boolean }) => {
      const found = await get<BackupsShape>(`/clusters/${encodeURIComponent(cluster)}/backups`)
      if (json) return printJson(found)
      printLines([
        found.sentence,
        ...(found.running === null ? [] : [runningSentence(found.running.fraction)]),
        ...found.findings.map(({ severity, sentence, advice }) => `${severity}: ${sentence} ${advice}`),
        ...found.problems,
        ...(found.seenAt === null ? [] : [`Seen at ${moment(found.seenAt)}.`]),
      ])
      if (found.backups.length === 0) return
      printTable(
        ['type', 'repository', 'ended', 'took', 'database', 'added', 'pages', 'label'],
        found.backups.map((backup) => [
          backup.type,
          String(backup.repository),
          moment(backup.stoppedAt),
          formatDuration(backup.stoppedAt.getTime() - backup.startedAt.getTime()),
          formatBytes(backup.sizeBytes),
          formatBytes(backup.repositoryDeltaBytes),
          pagesWord(backup.hasPageErrors),
          backup.label,
        ]),
      )
    })
  addRepositoryCommands(backups, exit)
}

function runningSentence(fraction: number | null): string {
  return fraction === null ? 'A backup runs.' : `A backup runs: ${Math.floor(fraction * 100)} % is copied.`
}

function pagesWord(hasPageErrors: boolean | null): string {
  if (hasPageErrors === null) return 'not checked'
  return hasPageErrors ? 'errors' : 'ok'
}
