import { AppError } from '#server/errors.ts'
import type { Procedure } from '../procedures.ts'
import type { Match } from './match.ts'
import { inputSchema, readText, type JsonSchema } from './schema.ts'

/** The input of a procedure, put together from path, query and body; throws AppError `invalid` for what is no JSON object. */
export async function readInput(
  { route, params }: Match,
  procedure: Procedure,
  request: Request,
): Promise<Record<string, unknown>> {
  const fields = inputSchema(procedure).properties ?? {}
  const sent = request.method === 'GET' ? readQuery(new URL(request.url).searchParams, fields) : await readBody(request)
  const hidden = new Set(route.hidden)
  const own = Object.fromEntries(Object.entries(sent).filter(([name]) => !hidden.has(name)))
  const input: Record<string, unknown> = { ...route.given }
  Object.assign(input, route.bodyField === undefined ? own : { [route.bodyField]: sent })
  for (const [name, value] of Object.entries(params)) {
    const field = route.names?.[name] ?? name
    input[field] = readText(fields[field], [value])
  }
  return input
}

function readQuery(query: URLSearchParams, fields: Record<string, JsonSchema>): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const name of new Set(query.keys())) {
    if (name in fields) input[name] = readText(fields[name], query.getAll(name))
  }
  return input
}

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (text === '') return {}
  const body = parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('invalid', 'The body must be a JSON object.')
  }
  return Object.fromEntries(Object.entries(body))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid', 'The body is no valid JSON.', { cause })
  }
}
