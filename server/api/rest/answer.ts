import { randomUUID } from 'node:crypto'
import { makeContext, type Context, type Services } from '../context.ts'
import { AppError } from '#server/errors.ts'
import { limitBody, refuseForeign } from '../guard.ts'
import { allProcedures, callerFor, callProcedure, type Procedure } from '../procedures.ts'
import { demandFirst } from './demand-first.ts'
import { followEvents } from './follow-events.ts'
import { matchRoute, type Match } from './match.ts'
import { openApi } from './open-api.ts'
import { answerProblem } from './problem.ts'
import { readInput } from './read-input.ts'
import type { Route } from './routes.ts'
import { sendCsv } from './send-csv.ts'
import { sendLines } from './send-lines.ts'
import { sendFile } from './send-file.ts'
import { inputSchema } from './schema.ts'

/** Answers one request below /api/v1: JSON, or problem+json with a sentence and the fields it speaks of. */
export async function answerRest(services: Services, request: Request): Promise<Response> {
  try {
    const url = new URL(request.url)
    const path = url.pathname.slice('/api/v1'.length)
    if (path === '/openapi.json' && request.method === 'GET') return json(openApi(), 200)
    const match = matchRoute(request.method, path)
    refuseForeign(request, services.origins)
    const context = makeContext(services, request.headers, null)
    const query = url.searchParams
    if (takeFollow(match.route, query)) return await followEvents(context, match, { request, query })
    return await answerMatch(context, match, { request: limitBody(request), query })
  } catch (error) {
    return answerProblem(error, services.log)
  }
}

async function answerMatch(
  context: Context,
  match: Match,
  { request, query }: { request: Request; query: URLSearchParams },
): Promise<Response> {
  const { route } = match
  const procedure = procedureOf(route.procedure)
  const input = await readInput(match, inputSchema(procedure), { request, query })
  // Without a key of its own each request counts as another wish.
  if (route.hidden?.includes('idempotencyKey')) {
    input['idempotencyKey'] = request.headers.get('idempotency-key') ?? randomUUID()
  }
  if (route.isFile) return sendFile(context, input, request.signal)
  if (route.csv || route.lines) await demandFirst(context, procedure, input)
  if (route.csv) return sendCsv(route.csv, callerFor(context, { signal: request.signal }), input)
  if (route.lines) return sendLines(route.lines, context, { input, signal: request.signal })
  const output = route.answer
    ? await route.answer(callerFor(context, { signal: request.signal }), input)
    : await callProcedure(context, procedure, input, request.signal)
  return json(output, route.status ?? 200)
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

function json(body: unknown, status: number): Response {
  return Response.json(body ?? null, { status, headers: { 'cache-control': 'no-store' } })
}
