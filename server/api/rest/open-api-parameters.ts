import type { Route } from './routes.ts'
import { fieldInPath, fieldsOf, pathNames, sentFields, type JsonSchema } from './schema.ts'

/** What a request to this address sends beside its body. */
export function parametersOf(route: Route, schema: JsonSchema, isChange: boolean) {
  return [...inPath(route, schema), ...inQuery(route, schema), ...pages(route, schema), ...others(route, isChange)]
}

function inPath(route: Route, schema: JsonSchema) {
  const fields = fieldsOf(schema)
  return pathNames(route).map((name) => {
    const field = fields.find((each) => each.name === fieldInPath(route, name))
    return { name, in: 'path', required: true, schema: field?.schema ?? { type: 'string' } }
  })
}

function inQuery(route: Route, schema: JsonSchema) {
  if (route.method !== 'GET') return []
  return sentFields(route, schema).map(({ name, schema: field, isRequired }) => ({
    name,
    in: 'query',
    required: isRequired && !(name in (route.given ?? {})),
    schema: field,
  }))
}

function pages(route: Route, { properties = {} }: JsonSchema) {
  const cursor = {
    name: 'cursor',
    in: 'query',
    required: false,
    description: '`next` of the page before, as its Link header has it.',
    schema: { type: 'string' },
  }
  if (route.method !== 'GET') return []
  if (route.rowKey !== undefined) {
    const limit = { type: 'integer', minimum: 1, maximum: 500, default: 500 }
    return [{ name: 'limit', in: 'query', required: false, schema: limit }, cursor]
  }
  return 'before' in properties && !('cursor' in properties) ? [cursor] : []
}

function others(route: Route, isChange: boolean) {
  if (isChange && !route.isFile && !route.lines) {
    const description =
      'Made by the caller. Sent twice with one key within 24 h, a change is made once and its answer told again; with another request 422.'
    const schema = { type: 'string', minLength: 8, maxLength: 100 }
    return [{ name: 'Idempotency-Key', in: 'header', required: false, description, schema }]
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
