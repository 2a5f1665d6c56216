import { createHash } from 'node:crypto'
import type { Plan } from '#domain/plan/plan.ts'

/** SHA-256 of the plan in a canonical form: the same plan has the same hash wherever and whenever it is written. */
export function planHash(plan: Plan): string {
  return createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(plan))))
    .digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
