import superjson, { type SuperJSONResult } from 'superjson'

/**
 * superjson, which keeps Dates; what is told to many subscribers is one object and is turned into its parts once. Answers
 * are not changed after they are given, so the parts of an object stay true.
 */
export const transformer = {
  serialize(value: unknown): SuperJSONResult {
    if (typeof value !== 'object' || value === null) return superjson.serialize(value)
    const known = serialized.get(value)
    if (known) return known
    const parts = superjson.serialize(value)
    serialized.set(value, parts)
    return parts
  },
  deserialize: (parts: SuperJSONResult): unknown => superjson.deserialize(parts),
}

/**
 * Notes that a large field of an answer is plain JSON, without a Date in it: it goes out as it is, where superjson would look at each of its
 * many values. Returns the answer.
 */
export function withPlainField<T extends object, K extends keyof T>(answer: T, field: K): T {
  const parts = superjson.serialize({ ...answer, [field]: null })
  if (typeof parts.json === 'object' && parts.json !== null) Object.assign(parts.json, { [field]: answer[field] })
  serialized.set(answer, parts)
  return answer
}

const serialized = new WeakMap<object, SuperJSONResult>()
