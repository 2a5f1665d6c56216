import type { Command } from 'commander'
import type { AuditRecord } from '#domain/view.ts'
import { get } from '../api.ts'
import { exitCodes, type Exit } from '../exit.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'

interface ListOptions {
  cluster?: string
  actor?: string
  action?: string
  operation?: string
  limit: string
  json?: boolean
}

type Proof = { ok: true; records: number; head: string } | { ok: false; firstBad: number; sentence: string }

/** `audit list|verify`. */
export function addAuditCommands(program: Command, exit: Exit): void {
  const audit = program.command('audit').description('who did what, when and why')
  audit
    .command('list')
    .description('records, newest first')
    .option('--cluster <cluster>', 'of one cluster')
    .option('--actor <name>', 'by whose name holds this')
    .option('--action <action>', 'such as switchover.request, or clusters. for all of a kind')
    .option('--operation <id>', 'of one operation')
    .option('--limit <number>', 'how many at most', '100')
    .option('--json', 'print an array of records')
    .action(async ({ json, ...query }: ListOptions) => {
      const { records } = await get<{ records: AuditRecord[] }>('/audit', query)
      if (json) printJson(records)
      else {
        printTable(
          ['seq', 'at', 'who', 'act', 'target', 'outcome', 'reason'],
          records.map(({ seq, at, actor, action, target, outcome, reason }) => [
            String(seq),
            moment(at),
            actor.name,
            action,
            target,
            outcome,
            reason ?? '',
          ]),
        )
      }
    })
  audit
    .command('verify')
    .description('prove that no record was changed, removed or put in; exit code 1 where one was')
    .option('--json', 'print {ok, records, head} or {ok, firstBad, sentence}')
    .action(async ({ json }: { json?: boolean }) => {
      const proof = await get<Proof>('/audit/verify')
      if (!proof.ok) exit.code = exitCodes.failed
      if (json) printJson(proof)
      else printLines([proof.ok ? `${proof.records} records, none changed. Head: ${proof.head}` : proof.sentence])
    })
}
