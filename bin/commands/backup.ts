import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { type BackupType, backupTypes } from '#domain/backup/backup.ts'
import type { BackupPlan } from '#domain/plan/backup-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'

interface BackupOptions {
  type: BackupType
  repository?: string
  fromStandby?: boolean
  startFast: boolean
  stanza?: string
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `backup CLUSTER --type full|diff|incr --reason TEXT --yes [--wait]`. */
export function addBackupCommand(program: Command, exit: Exit): void {
  program
    .command('backup <cluster>')
    .description('take a backup with pgBackRest')
    .addOption(new Option('--type <type>', 'what to copy').choices(backupTypes).makeOptionMandatory())
    .option('--repository <number>', 'which repository it goes to, 1 if not said')
    .option('--from-standby', 'read the files from a replica')
    .option('--no-start-fast', 'let Postgres take its time for the first checkpoint')
    .option('--stanza <name>', 'the stanza, where it is not the one that the agent names')
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
    .action(async (cluster: string, options: BackupOptions) => {
      const asked = whatIsAsked(options)
      const path = `/clusters/${encodeURIComponent(cluster)}/backup`
      if (!options.yes) {
        const plan = await get<BackupPlan>(`${path}/plan`, asTexts(asked))
        if (options.json) printJson(plan)
        else printPlan(plan)
        throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
      }
      const body = { ...asked, reason: reasonIn(options) }
      const operation = await change<Operation>('POST', path, body, { 'idempotency-key': randomUUID() })
      const last = options.wait ? await waitForEnd(operation) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}

interface Asked {
  type: BackupType
  repository?: number
  fromStandby: boolean
  startFast: boolean
  stanza?: string
}

function whatIsAsked({ type, repository, fromStandby, startFast, stanza }: BackupOptions): Asked {
  if (repository !== undefined && !/^\d{1,3}$/.test(repository)) {
    throw new UsageError(`${repository} is no repository: give its number, such as 1.`)
  }
  return {
    type,
    fromStandby: fromStandby ?? false,
    startFast,
    ...(repository === undefined ? {} : { repository: Number(repository) }),
    ...(stanza === undefined ? {} : { stanza }),
  }
}

function asTexts(asked: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]))
}
