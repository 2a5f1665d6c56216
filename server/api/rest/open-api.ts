import { allProcedures, type Procedure } from '../procedures.ts'
import { answers } from './answers.ts'
import { routes, type Route } from './routes.ts'
import { fieldInPath, fieldsOf, inputSchema, pathNames, sentFields, toJson, type JsonSchema } from './schema.ts'

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
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: problem },
    },
  }
}

function describe(route: Route, procedure: Procedure) {
  const schema = inputSchema(procedure)
  const body = bodyOf(route, schema)
  return {
    operationId: `${route.method.toLowerCase()} ${route.path}`.replaceAll(/[^a-z]+/gi, '-').replace(/-$/, ''),
    summary: route.summary,
    description: `Needs the permission ${procedure.meta.permission}.`,
    parameters: [...parametersOf(route, schema), ...extraParameters(route)],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      [route.status ?? 200]: {
        description: 'Done',
        content: contentOf(route, procedure),
      },
      default: {
        description: 'Not done, and why',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function contentOf(route: Route, { path }: Procedure) {
  if (route.isFile) return { 'application/octet-stream': {} }
  if (route.csv) return { 'text/csv': {} }
  if (route.lines) return { [route.lines.type]: {} }
  return { 'application/json': { schema: answerOf(path) } }
}

function answerOf(path: string): JsonSchema {
  const answer = answers[path]
  return answer ? toJson(answer, 'output') : {}
}

function parametersOf(route: Route, schema: JsonSchema) {
  const fields = fieldsOf(schema)
  const found = pathNames(route).map((name) => {
    const field = fields.find((each) => each.name === fieldInPath(route, name))
    return { name, in: 'path', required: true, schema: field?.schema ?? { type: 'string' } }
  })
  if (route.method !== 'GET') return found
  return [
    ...found,
    ...sentFields(route, schema).map(({ name, schema: field, isRequired }) => ({
      name,
      in: 'query',
      required: isRequired && !(name in (route.given ?? {})),
      schema: field,
    })),
  ]
}

function extraParameters(route: Route) {
  if (route.hidden?.includes('idempotencyKey')) {
    const description = 'Sent twice with one key, a request is carried out once.'
    return [{ name: 'Idempotency-Key', in: 'header', required: false, description, schema: { type: 'string' } }]
  }
  if (route.canFollow) {
    const follow =
      'With true: application/x-ndjson, oldest first, without an end; until, before and limit do not go with it.'
    const after = 'With follow=true: go on after the event of this id, as after a lost connection.'
    return [
      { name: 'follow', in: 'query', required: false, description: follow, schema: { type: 'boolean' } },
      { name: 'after', in: 'query', required: false, description: after, schema: { type: 'integer', minimum: 0 } },
    ]
  }
  return []
}

function bodyOf(route: Route, schema: JsonSchema): JsonSchema | null {
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

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'fields'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What, where, and what to do.' },
    code: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'sentence'],
        properties: { field: { type: 'string' }, sentence: { type: 'string' } },
      },
    },
  },
}
