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

const serialized = new WeakMap<object, SuperJSONResult>()
