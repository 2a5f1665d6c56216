import type { JsonSchema } from './schema.ts'

/** A value that fits a schema, in words of the field where it has some; what may be left out is. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema['const'] !== undefined) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'].find((value) => wanted.has(value)) ?? schema['enum'][0]
  const known = byName[name]
  if (known !== undefined && fits(known, schema)) return known
  const choices = schema.anyOf ?? oneOf(schema)
  if (choices) return exampleOf(choices.find(({ type }) => type !== 'null') ?? choices[0] ?? {}, name)
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'object':
      return objectOf(schema)
    case 'array':
      return [exampleOf(itemOf(schema), name.replace(/s$/, ''))]
    case 'integer':
    case 'number':
      return numberOf(schema)
    case 'boolean':
      return true
    default:
      return textOf(schema)
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(
    required.flatMap((name) => {
      const field = properties[name]
      return field ? [[name, field['default'] ?? exampleOf(field, name)]] : []
    }),
  )
}

function itemOf({ items }: JsonSchema): JsonSchema {
  return typeof items === 'object' && items !== null ? { ...items } : {}
}

function oneOf(schema: JsonSchema): JsonSchema[] | null {
  const choices = schema['oneOf']
  return Array.isArray(choices) ? choices : null
}

function numberOf(schema: JsonSchema): number {
  const least = Number(schema['minimum'] ?? 1)
  return Math.max(1, least)
}

function textOf({ format, ...schema }: JsonSchema): string {
  if (format === 'uuid') return '7d3f3f7e-2f39-4a52-9f0e-0d4b8a3e9d11'
  if (format === 'date-time') return '2026-03-01T12:00:00Z'
  if (format === 'uri') return 'https://example.org'
  const { pattern } = schema
  if (typeof pattern === 'string') return samples.find((sample) => new RegExp(pattern).test(sample)) ?? 'text'
  const least = Number(schema['minLength'] ?? 1)
  return 'text'.padEnd(least, '-')
}

function fits(value: unknown, schema: JsonSchema): boolean {
  const types = [schema.type, ...(schema.anyOf ?? []).map(({ type }) => type)].flat()
  if (Array.isArray(value)) return types.includes('array')
  if (Number.isInteger(value) && types.includes('integer')) return true
  return types.includes(typeof value)
}

// Where a choice is free, the most harmless one.
const wanted = new Set<unknown>(['viewer', 'diff', 'warning'])

// Texts of which only some are taken.
const samples = [
  'orders',
  '20260301-010000F',
  '18-1',
  '0000000700000000000000A1',
  '10.0.1.10:8009',
  '02:30',
  '0/3000060',
]

const byName: Record<string, unknown> = {
  name: 'orders',
  cluster: 'orders',
  grant: 'operator@cluster:orders',
  confirmName: 'orders',
  leader: 'pg-node-1',
  candidate: 'pg-node-2',
  node: 'pg-node-1',
  member: 'pg-node-1',
  reason: 'kernel update',
  email: 'anna@example.org',
  code: '123456',
  group: 'dba',
  subject: '00u1a2b3c4',
  patroniUrls: ['http://10.0.1.10:8008'],
  timeline: 7,
  target: 0.999,
  text: 'The disk was full.',
  until: '2030-03-01T12:00:00Z',
  endsAt: '2030-03-01T12:00:00Z',
}
