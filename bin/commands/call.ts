import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { callFor, requestOf, type RestCall } from '#domain/api/curl.ts'
import { call, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { printJson, printLines, printTable } from '../print.ts'

interface CallOptions {
  input?: string
  key?: string
  list?: boolean
  yes?: boolean
  json?: boolean
}

/** `call`: every command and query of the console by its name, as the console itself describes them. */
export function addCallCommand(program: Command): void {
  program
    .command('call [name]')
    .description('any command or query of the console by its name, such as users.create; see --list')
    .option('--list', 'print what there is')
    .option('--input <json>', 'its input as JSON, @FILE for a file of it, @- for the standard input')
    .option('--key <text>', 'the Idempotency-Key of a change, to send it again safely')
    .option('--yes', 'do it, where it changes something')
    .option('--json', 'print the answer as JSON; it always is')
    .action(async (name: string | undefined, options: CallOptions) => {
      const known = await endpoints()
      if (options.list) return printList(known, options.json ?? false)
      if (name === undefined) throw new UsageError('Name a command or query, such as users.create; --list prints them.')
      const named = known.filter(({ procedure }) => procedure === name)
      if (named.length === 0) throw new UsageError(`There is no command or query ${name}; --list prints what there is.`)
      const input = inputOf(options.input)
      const chosen = callFor(named, input)
      if (!chosen) throw new UsageError(`${name} is not asked for with this input.`)
      const isChange = named[0]?.kind === 'command'
      if (isChange && !options.yes)
        throw new UsageError(`${name} changes something. Nothing was done: add --yes to do it.`)
      const { address, body } = requestOf(chosen, input)
      const url = new URL(address.slice('/api/v1'.length), 'http://console.invalid')
      const query = Object.fromEntries(url.searchParams)
      const key = isChange ? (options.key ?? randomUUID()) : null
      // Some ask for a body even where nothing has to be said.
      const sent = body ?? (chosen.method === 'POST' || chosen.method === 'PUT' ? {} : null)
      printJson(await call({ method: chosen.method, path: url.pathname, query, body: sent, key }))
    })
}

interface Endpoint extends RestCall {
  procedure: string
  kind: 'command' | 'query'
  summary: string
}

interface Described {
  summary: string
  'x-procedure': string
  'x-kind': 'command' | 'query'
  'x-call': Omit<RestCall, 'method' | 'path'>
}

async function endpoints(): Promise<Endpoint[]> {
  const { paths } = await get<{ paths: Record<string, Record<string, Described>> }>('/openapi.json')
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, told]) => ({
      ...told['x-call'],
      path,
      method: method.toUpperCase(),
      procedure: told['x-procedure'],
      kind: told['x-kind'],
      summary: told.summary,
    })),
  )
}

function printList(known: readonly Endpoint[], isJson: boolean): void {
  const rows = known.toSorted((a, b) => a.procedure.localeCompare(b.procedure))
  if (isJson)
    return printJson(
      rows.map(({ procedure, kind, method, path, summary }) => ({ procedure, kind, method, path, summary })),
    )
  if (rows.length === 0) return printLines(['The console tells of nothing.'])
  printTable(
    ['name', 'kind', 'what'],
    rows.map(({ procedure, kind, summary }) => [procedure, kind, summary]),
  )
}

function inputOf(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {}
  const from = text === '@-' ? 0 : text.slice(1)
  const json = text.startsWith('@') ? readFileSync(from, 'utf8') : text
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw new UsageError(`--input is no valid JSON: ${cause instanceof Error ? cause.message : ''}`)
  }
  throw new UsageError('--input must be a JSON object, such as \'{"name": "ci"}\'.')
}
