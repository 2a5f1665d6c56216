import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import { rehearsalResultOf, type Operation } from '#domain/operation/operation.ts'
import type { RehearsalPlan, RehearsalWish } from '#domain/plan/rehearsal-plan.ts'
import { change, look } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import { exitCodes, type Exit } from '../exit.ts'
import { extractIn } from '../extract-in.ts'
import { printJson } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { type TargetOptions, targetIn, wholeNumber, withTarget } from '../recovery-target.ts'
import { saveFile } from '../save-file.ts'
import { waitForEnd } from '../wait.ts'

interface RehearseOptions extends TargetOptions, ApprovalOptions {
  repository?: string
  node?: string
  check?: string
  amcheck?: boolean
  extract?: string
  out?: string
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `rehearse CLUSTER [--target TIME] [--check SQL] [--amcheck] [--extract DB.SCHEMA.TABLE --out FILE] --reason TEXT --yes [--wait]`. */
export function addRehearseCommand(program: Command, exit: Exit): void {
  withApproval(
    withTarget(
      program
        .command('rehearse <cluster>')
        .description('recover a moment beside the running cluster, and look at it; the newest if none is said'),
    ),
  )
    .option('--repository <number>', 'from this repository, not the one that serves best')
    .option('--node <node>', 'there, not where there is most room')
    .option('--check <sql>', `a query whose answer is kept with the report. ${checkDatabaseHint}`)
    .option('--amcheck', 'look through every table and index for damage')
    .option('--extract <database.schema.table>', 'take this table out, or with database.schema the whole schema')
    .option('--out <file>', 'save what was taken out in this file; waits for it')
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, result, ...}; without --yes the plan')
    .action(async (cluster: string, options: RehearseOptions) => {
      const wish = wishIn(options)
      const path = `/clusters/${encodeURIComponent(cluster)}/rehearsal`
      if (!options.yes) {
        const plan = await look<RehearsalPlan>(`${path}/plan`, wish)
        if (options.json) printJson(plan)
        else printPlan(plan)
        throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
      }
      const body = { ...wish, reason: reasonIn(options), ...approvalIn(options) }
      const operation = await change<Operation>('POST', path, body, { 'idempotency-key': randomUUID() })
      const isAwaited = options.wait || options.out !== undefined
      const last = isAwaited ? await waitForEnd(operation) : operation
      if (isAwaited) exit.code = exitOfOperation(last.state)
      if (options.out !== undefined) await saveExtract(last, options.out, exit)
      printOperation(last, options.json ?? false)
    })
}

async function saveExtract(operation: Operation, file: string, exit: Exit): Promise<void> {
  const extract = rehearsalResultOf(operation.result)?.extract ?? null
  if (extract === null) {
    console.error('The rehearsal left no file.')
    if (exit.code === exitCodes.done) exit.code = exitCodes.failed
    return
  }
  await saveFile(`/operations/${operation.id}/extract`, file, extract)
  console.error(`${file} holds ${extract.bytes} bytes; pg_restore reads it.`)
}

function wishIn(options: RehearseOptions): RehearsalWish {
  const { repository, node, check, amcheck, extract, out } = options
  if (out !== undefined && extract === undefined) throw new UsageError('--out goes with --extract.')
  return {
    target: targetIn(options) ?? { type: 'default', timeline: null },
    repository: repository === undefined ? null : wholeNumber('--repository', repository),
    node: node ?? null,
    check: check ?? null,
    verifiesPages: amcheck ?? false,
    extract: extract === undefined ? null : extractIn(extract),
  }
}
