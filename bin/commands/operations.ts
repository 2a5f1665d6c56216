import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { printOperation } from '../print-operation.ts'

/** `operations list|show|report`. */
export function addOperationCommands(program: Command): void {
  const operations = program.command('operations').description('what was done to clusters, step by step')
  operations
    .command('list <cluster>')
    .description('operations on a cluster, newest first')
    .option('--limit <number>', 'how many at most', '50')
    .option('--json', 'print an array of operations: {id, kind, state, steps, ...}')
    .action(async (cluster: string, { limit, json }: { limit: string; json?: boolean }) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/operations`
      const { operations: rows } = await get<{ operations: OperationRow[] }>(path, { limit })
      if (json) printJson(await withSteps(rows))
      else {
        printTable(
          ['id', 'kind', 'state', 'asked for', 'by', 'outcome'],
          rows.map((row) => [
            row.id,
            row.kind,
            row.state,
            moment(row.requestedAt),
            row.requestedBy,
            row.outcome ?? row.reason,
          ]),
        )
      }
    })
  operations
    .command('show <id>')
    .description('one operation with its steps')
    .option('--json', 'print {id, kind, state, steps, ...}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      printOperation(await get<Operation>(`/operations/${encodeURIComponent(id)}`), json ?? false)
    })
  operations
    .command('report <id>')
    .description('a recovery or rehearsal written down as Markdown')
    .option('--json', 'print {name, markdown}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const report = await get<{ name: string; markdown: string }>(`/operations/${encodeURIComponent(id)}/report`)
      if (json) printJson(report)
      else printLines(report.markdown.trimEnd().split('\n'))
    })
}

const atOnce = 8

async function withSteps(rows: OperationRow[]): Promise<Operation[]> {
  const found: Operation[] = []
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows.slice(from, from + atOnce).map(({ id }) => get<Operation>(`/operations/${id}`))
    found.push(...(await Promise.all(some)))
  }
  return found
}
