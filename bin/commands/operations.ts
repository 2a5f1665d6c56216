import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { OperationRow } from '#domain/fleet/view.ts'
import { get } from '../api.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { printOperation } from '../print-operation.ts'
import { timeIn } from './events.ts'

interface ListOptions {
  since?: string
  until?: string
  limit: string
  json?: boolean
}

/** `operations list|show|report`. */
export function addOperationCommands(program: Command): void {
  const operations = program.command('operations').description('what was done to clusters, step by step')
  operations
    .command('list <cluster>')
    .description('operations on a cluster, newest first')
    .option('--since <time>', 'what went on from this time on: 2026-03-01T12:00:00Z, or 30m, 2h, 7d ago')
    .option('--until <time>', 'what went on before this time, told alike')
    .option('--limit <number>', 'how many at most', '50')
    .option('--json', 'print an array of operations: {id, kind, state, steps, ...}')
    .action(async (cluster: string, { since, until, limit, json }: ListOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/operations`
      const query = { since: momentIn(since), until: momentIn(until), limit }
      const { operations: rows } = await get<{ operations: OperationRow[] }>(path, query)
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

function momentIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : timeIn(text, new Date()).toISOString()
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
