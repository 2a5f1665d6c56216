import { z } from 'zod'
import type { Procedure } from '../procedures.ts'
import type { Route } from './routes.ts'

export interface JsonSchema {
  type?: string | string[] | undefined
  properties?: Record<string, JsonSchema> | undefined
  required?: string[] | undefined
  anyOf?: JsonSchema[] | undefined
  [keyword: string]: unknown
}

/** What a procedure takes, as JSON Schema 2020-12; an object without fields where it takes nothing. */
export function inputSchema({ path, input }: Pick<Procedure, 'path' | 'input'>): JsonSchema {
  const known = schemas.get(path)
  if (known) return known
  const schema: JsonSchema = input === null ? { type: 'object', properties: {} } : toJson(input, 'input')
  schemas.set(path, schema)
  return schema
}

const schemas = new Map<string, JsonSchema>()

/** A schema as JSON Schema 2020-12; a Date is its text. */
export function toJson(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' })
      simplify(jsonSchema)
    },
  })
  // Without what zod hangs on it.
  const plain: JsonSchema = JSON.parse(JSON.stringify(made))
  delete plain['$schema']
  return plain
}

// A Date and its text are one and the same in JSON.
function simplify(schema: { anyOf?: unknown[] }): void {
  if (!schema.anyOf?.every(isMoment)) return
  delete schema.anyOf
  Object.assign(schema, { type: 'string', format: 'date-time' })
}

function isMoment(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'format' in schema && schema.format === 'date-time'
}

/** The fields of an input, with whether each must be given. */
export function fieldsOf(schema: JsonSchema): { name: string; schema: JsonSchema; isRequired: boolean }[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    schema: field,
    isRequired: required.has(name),
  }))
}

/** The fields that a request to this address sends by query or body: not those that its path says or that are found out. */
export function sentFields(route: Route, schema: JsonSchema): ReturnType<typeof fieldsOf> {
  const inPath = pathNames(route).map((name) => fieldInPath(route, name))
  return fieldsOf(schema).filter(({ name }) => !inPath.includes(name) && !route.hidden?.includes(name))
}

/** The names in braces of a route's path. */
export function pathNames({ path }: Route): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
}

/** The field that a name in the path is handed over as. */
export function fieldInPath({ names }: Route, name: string): string {
  return names?.[name] ?? name
}

/** A query parameter's text as the type its field has; what does not fit stays text and is refused with the field's name. */
export function readText(field: JsonSchema | undefined, texts: string[]): unknown {
  const types = new Set(typesOf(field))
  if (types.has('array')) return texts.flatMap((text) => text.split(','))
  const text = texts.at(-1) ?? ''
  if ((types.has('integer') || types.has('number')) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

function typesOf(schema: JsonSchema | undefined): string[] {
  if (!schema) return []
  if (schema.anyOf) return schema.anyOf.flatMap(typesOf)
  return [schema.type ?? []].flat()
}
