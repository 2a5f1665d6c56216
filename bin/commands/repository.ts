import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { policyActOf } from '#domain/approvals/policy-act.ts'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { expiryWords } from '#domain/backup/expiry-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RepositoryChore, RepositoryPlan } from '#domain/plan/repository-plan.ts'
import { change, get } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson, printLines } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'

interface ChoreOptions extends ApprovalOptions {
  repository?: string
  set?: string
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

interface Chore {
  verb: string
  kind: RepositoryChore
  description: string
}

const chores: readonly Chore[] = [
  { verb: 'check', kind: 'repository-check', description: 'check that WAL reaches every repository' },
  { verb: 'verify', kind: 'repository-verify', description: 'read every file of a repository against its checksum' },
  {
    verb: 'expire',
    kind: 'repository-expire',
    description: 'remove what is no longer kept, as first shown without --yes',
  },
  { verb: 'stanza-create', kind: 'stanza-create', description: 'set up the stanza in every repository' },
]

/** `backups check|verify|expire|stanza-create CLUSTER [--repository N] [--set LABEL] --reason TEXT --yes [--wait]`. */
export function addRepositoryCommands(backups: Command, exit: Exit): void {
  for (const chore of chores) {
    const command = backups.command(`${chore.verb} <cluster>`).description(chore.description)
    if (takesRepository(chore)) command.option('--repository <number>', 'which repository, 1 if not said')
    if (chore.kind === 'repository-expire') command.option('--set <label>', 'this backup, with all that builds on it')
    if (isGoverned(chore)) withApproval(command)
    command
      .option('--reason <text>', 'why, for the audit log')
      .option('--yes', 'do it; without it the plan is printed')
      .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
      .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes {plan, preview}')
      // The command that lists backups takes some of the same options.
      .action(async (cluster: string, _own: unknown, self: Command) =>
        act(chore, cluster, self.optsWithGlobals<ChoreOptions>(), exit),
      )
  }
}

async function act(chore: Chore, cluster: string, options: ChoreOptions, exit: Exit): Promise<void> {
  const asked = whatIsAsked(options)
  const path = `/clusters/${encodeURIComponent(cluster)}/repository`
  const preview = chore.kind === 'repository-expire' ? await get<ExpiryPreview>(`${path}/expiry`, texts(asked)) : null
  if (!options.yes) {
    const plan = await get<RepositoryPlan>(`${path}/plan`, { kind: chore.kind, ...texts(asked) })
    if (options.json) printJson({ plan, preview })
    else {
      printPlan(plan)
      if (preview) printLines(expiryWords(preview, 'would go'))
    }
    throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
  }
  const body = {
    ...(takesRepository(chore) ? asked : {}),
    ...(preview && { preview, confirmName: cluster }),
    reason: reasonIn(options),
    ...approvalIn(options),
  }
  const operation = await change<Operation>('POST', `${path}/${chore.verb}`, body, {
    'idempotency-key': randomUUID(),
  })
  const last = options.wait ? await waitForEnd(operation) : operation
  if (options.wait) exit.code = exitOfOperation(last.state)
  printOperation(last, options.json ?? false)
}

/** Looking needs nobody's approval. */
function isGoverned({ kind }: Chore): boolean {
  return policyActOf(kind) !== null
}

/** A check and a set-up are of all repositories at once. */
function takesRepository({ kind }: Chore): boolean {
  return kind === 'repository-verify' || kind === 'repository-expire'
}

function whatIsAsked({ repository, set }: ChoreOptions): { repository?: number; set?: string } {
  if (repository !== undefined && !/^\d{1,3}$/.test(repository)) {
    throw new UsageError(`${repository} is no repository: give its number, such as 1.`)
  }
  return { ...(repository !== undefined && { repository: Number(repository) }), ...(set !== undefined && { set }) }
}

function texts(asked: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]))
}
