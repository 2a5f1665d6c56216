import { createHash, randomUUID } from 'node:crypto'
import { makeContext, type Context, type Services } from '../context.ts'
import { AppError } from '#server/errors.ts'
import { limitBody, refuseForeign } from '../guard.ts'
import { allProcedures, callerFor, callProcedure, type Procedure } from '../procedures.ts'
import { demandFirst } from './demand-first.ts'
import { followEvents } from './follow-events.ts'
import { matchRoute, type Match } from './match.ts'
import { keyOf, once } from './once.ts'
import { openApi } from './open-api.ts'
import { linkTo, nextIn, pageOf, renameCursor, takePage, withNext } from './pages.ts'
import { answerProblem } from './problem.ts'
import { readInput } from './read-input.ts'
import type { Route } from './routes.ts'
import { sendCsv } from './send-csv.ts'
import { sendLines } from './send-lines.ts'
import { sendFile } from './send-file.ts'
import { fieldsOf, inputSchema } from './schema.ts'

/** Answers one request below /api/v1: JSON, or problem+json with a sentence and the fields it speaks of. */
export async function answerRest(services: Services, request: Request): Promise<Response> {
  const url = new URL(request.url)
  try {
    const path = url.pathname.slice('/api/v1'.length)
    if (path === '/openapi.json' && request.method === 'GET') return json(openApi(), { status: 200, request })
    const match = matchRoute(request.method, path)
    refuseForeign(request, services.origins)
    const context = makeContext(services, request.headers, null)
    const query = url.searchParams
    if (takeFollow(match.route, query)) return await followEvents(context, match, { request, query })
    return await answerMatch(context, match, { request: limitBody(request), query })
  } catch (error) {
    return answerProblem(error, services.log, url.pathname)
  }
}

async function answerMatch(
  context: Context,
  match: Match,
  { request, query }: { request: Request; query: URLSearchParams },
): Promise<Response> {
  const { route } = match
  const procedure = procedureOf(route.procedure)
  const schema = inputSchema(procedure)
  const page = takePage(route, query)
  if (request.method === 'GET') renameCursor(query, new Set(fieldsOf(schema).map(({ name }) => name)))
  const input = await readInput(match, schema, { request, query })
  const asked = { procedure, input, request }
  const key = procedure.type === 'mutation' && !route.isFile && !route.lines ? keyOf(request.headers) : null
  if (key !== null)
    return once(context, { key, request, input }, (within) => carryOut(within, match, { ...asked, key }))
  if (!page) return carryOut(context, match, { ...asked, key: null })
  const { rows, next } = pageOf(rowsOf(await ask(context, route, asked)), route.rowKey ?? '', page)
  return json(rows, { status: 200, request, next })
}

interface Asked {
  procedure: Procedure
  input: Record<string, unknown>
  request: Request
}

async function carryOut(
  context: Context,
  { route }: Match,
  { key, ...asked }: Asked & { key: string | null },
): Promise<Response> {
  const { input, request } = asked
  // An operation keeps the key itself, so that it is begun once also where its answer was lost. Without a key each request is another wish.
  if (route.hidden?.includes('idempotencyKey')) input['idempotencyKey'] = key ?? randomUUID()
  if (route.isFile) return sendFile(context, input, request.signal)
  if (route.csv || route.lines) await admit(context, asked)
  if (route.csv) return sendCsv(route.csv, callerFor(context, { signal: request.signal }), input)
  if (route.lines) return sendLines(route.lines, context, { input, signal: request.signal })
  const output = await ask(context, route, asked)
  return json(withNext(output), { status: route.status ?? 200, request, next: nextIn(output) })
}

async function admit(context: Context, { procedure, input, request }: Asked): Promise<void> {
  await demandFirst(context, procedure, input).catch(async (error: unknown) => {
    // A command refuses it likewise, and leaves a record of that.
    if (procedure.type === 'mutation') await callProcedure(context, procedure, input, request.signal)
    throw error
  })
}

function ask(context: Context, route: Route, { procedure, input, request }: Asked): Promise<unknown> {
  if (route.answer) return route.answer(callerFor(context, { signal: request.signal }), input)
  return callProcedure(context, procedure, input, request.signal)
}

function rowsOf(output: unknown): readonly unknown[] {
  if (Array.isArray(output)) return output
  throw new AppError('internal', 'A list that is turned by pages is no list.')
}

// It says how to answer, not what is asked: no procedure knows it.
function takeFollow({ canFollow }: Route, query: URLSearchParams): boolean {
  const text = canFollow ? query.get('follow') : null
  if (text === null) return false
  query.delete('follow')
  if (text === 'true' || text === 'false') return text === 'true'
  const sentence = 'Must be true or false.'
  throw new AppError('invalid', 'Not accepted: look at follow.', { fields: [{ field: 'follow', sentence }] })
}

function procedureOf(path: string): Procedure {
  procedures ??= new Map(allProcedures().map((procedure) => [procedure.path, procedure]))
  const procedure = procedures.get(path)
  if (!procedure) throw new AppError('internal', `There is no procedure ${path}.`)
  return procedure
}

let procedures: Map<string, Procedure> | null = null

interface Told {
  status: number
  request: Request
  /** The cursor of the page after it. */
  next?: string | null
}

function json(body: unknown, { status, request, next = null }: Told): Response {
  const text = JSON.stringify(body ?? null)
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  if (next !== null) headers.set('link', linkTo(request.url, next))
  if (request.method !== 'GET') return new Response(text, { status, headers })
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  headers.set('etag', tag)
  if (!isKnown(request.headers.get('if-none-match'), tag)) return new Response(text, { status, headers })
  headers.delete('content-type')
  return new Response(null, { status: 304, headers })
}

function isKnown(shown: string | null, tag: string): boolean {
  if (shown === null) return false
  return shown.split(',').some((each) => ['*', tag].includes(each.trim().replace(/^W\//, '')))
}
