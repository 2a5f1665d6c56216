import { AppError } from '#server/errors.ts'
import type { Match } from './match.ts'
import { fieldInPath, fieldsOf, readText, sentFields, type JsonSchema } from './schema.ts'

/** The input of a procedure, put together from path, query and body; throws AppError `invalid` for what is no JSON object, and by field for what the address does not take. */
export async function readInput(
  { route, params }: Match,
  schema: JsonSchema,
  { request, query }: { request: Request; query: URLSearchParams },
): Promise<Record<string, unknown>> {
  const fields = new Map(fieldsOf(schema).map((field) => [field.name, field.schema]))
  const taken = new Set(sentFields(route, schema).map(({ name }) => name))
  const isReading = request.method === 'GET'
  refuseUnknown([...query.keys()], isReading ? taken : new Set())
  const sent = isReading ? readQuery(query, fields) : await readBody(request)
  const input: Record<string, unknown> = { ...route.given }
  if (route.bodyField === undefined) {
    refuseUnknown(Object.keys(sent), taken)
    Object.assign(input, sent)
  } else input[route.bodyField] = sent
  for (const [name, value] of Object.entries(params)) {
    const field = fieldInPath(route, name)
    input[field] = readText(fields.get(field), [value])
  }
  return input
}

// A misspelt field must not be taken for one that was left out: without its time a switchover would be carried out at once.
function refuseUnknown(sent: string[], known: ReadonlySet<string>): void {
  const fields = sent
    .filter((name) => !known.has(name))
    .slice(0, 50)
    .map((name) => ({ field: name.slice(0, 200), sentence: 'Is not known here.' }))
  if (fields.length === 0) return
  const named = fields.slice(0, 5).map(({ field }) => field)
  throw new AppError('invalid', `Not accepted: look at ${named.join(', ')}.`, { fields })
}

function readQuery(query: URLSearchParams, fields: ReadonlyMap<string, JsonSchema>): Record<string, unknown> {
  const names = [...new Set(query.keys())]
  return Object.fromEntries(names.map((name) => [name, readText(fields.get(name), query.getAll(name))]))
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
