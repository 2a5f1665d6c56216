import { allProcedures, type Procedure } from '../procedures.ts'
import { answers } from './answers.ts'
import { exampleOf } from './example.ts'
import { problemResponses, problemSchema } from './open-api-problems.ts'
import { parametersOf } from './open-api-parameters.ts'
import { routes, type Route } from './routes.ts'
import { inputSchema, sentFields, toJson, type JsonSchema } from './schema.ts'

/** The REST interface as OpenAPI 3.1, made from the procedures' own schemas. */
export function openApi() {
  const procedures = new Map(allProcedures().map((procedure) => [procedure.path, procedure]))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const procedure = procedures.get(route.procedure)
    if (!procedure) continue
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describe(route, procedure) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Matriarch',
      version: '1',
      description: 'Operations console for PostgreSQL clusters kept highly available by Patroni.',
      license: { name: 'See the console', identifier: 'LicenseRef-Matriarch' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    tags: [...new Set(routes.map(tagOf))].toSorted().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of this console: made under Settings, Account, or with `matriarch tokens create`.',
        },
      },
      schemas: { Problem: problemSchema },
    },
  }
}

/** What a request to this address sends as its body; null = nothing. */
export function bodyOf(route: Route, schema: JsonSchema): JsonSchema | null {
  if (route.method === 'GET') return null
  if (route.bodyField !== undefined) return schema.properties?.[route.bodyField] ?? null
  const fields = sentFields(route, schema)
  if (fields.length === 0) return null
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema: field }) => [name, field])),
    required: fields
      .filter(({ name, isRequired }) => isRequired && !(name in (route.given ?? {})))
      .map(({ name }) => name),
    additionalProperties: false,
  }
}

function describe(route: Route, procedure: Procedure) {
  const schema = inputSchema(procedure)
  const body = bodyOf(route, schema)
  const isChange = procedure.type === 'mutation'
  return {
    operationId: `${route.method.toLowerCase()} ${route.path}`.replaceAll(/[^a-z]+/gi, '-').replace(/-$/, ''),
    tags: [tagOf(route)],
    summary: route.summary,
    description: `Needs the permission ${procedure.meta.permission}.`,
    'x-procedure': procedure.path,
    'x-kind': isChange ? 'command' : 'query',
    'x-permission': procedure.meta.permission,
    'x-call': callOf(route),
    parameters: parametersOf(route, schema, isChange),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body, example: exampleOf(body) } },
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        ...headersOf(route, schema),
        content: contentOf(route, procedure),
      },
      ...problemResponses(isChange),
    },
  }
}

// The key goes by its header everywhere.
function callOf({ names, bodyField, given, hidden }: Route) {
  return { names, bodyField, given, hidden: hidden?.filter((name) => name !== 'idempotencyKey') }
}

function tagOf({ procedure }: Route): string {
  return procedure.split('.')[0] ?? procedure
}

function headersOf(route: Route, schema: JsonSchema) {
  if (route.method !== 'GET' || route.isFile || route.csv || route.lines) return {}
  const tag = { ETag: { description: 'For If-None-Match: 304 where nothing has changed.', schema: { type: 'string' } } }
  const isPaged = route.rowKey !== undefined || isTurned(schema)
  const link = { Link: { description: 'rel="next": the page after this one (RFC 8288).', schema: { type: 'string' } } }
  return { headers: isPaged ? { ...tag, ...link } : tag }
}

function isTurned({ properties = {} }: JsonSchema): boolean {
  return 'before' in properties || 'cursor' in properties
}

function contentOf(route: Route, { path }: Procedure) {
  if (route.isFile) return { 'application/octet-stream': {} }
  if (route.csv) return { 'text/csv': {} }
  if (route.lines) return { [route.lines.type]: {} }
  return { 'application/json': { schema: answerOf(path) } }
}

function answerOf(path: string): JsonSchema {
  const answer = answers[path]
  const schema = answer ? toJson(answer, 'output') : {}
  if (!schema.properties || !('nextBefore' in schema.properties)) return schema
  // Pages are turned by one name everywhere.
  const next = { type: ['string', 'null'], description: 'The cursor of the page after this one.' }
  return { ...schema, properties: { ...schema.properties, next } }
}
