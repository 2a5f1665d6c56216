import { type core, safeParse } from 'zod/mini'
import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'
import { RefusedError } from '#agent/refused-error.ts'

/** Reads a JSON body by its schema; what is wrong with it is told by key. */
export function parseBody<S extends core.$ZodType>(schema: S, body: Uint8Array, code: RefusalCode): core.output<S> {
  const parsed = safeParse(schema, jsonOf(body, code))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw new RefusedError(code, `The request does not have its form: ${faults.join('; ').slice(0, 1_000)}.`)
}

function jsonOf(body: Uint8Array, code: RefusalCode): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw new RefusedError(code, 'The body of the request is not JSON.', { cause: error })
  }
}
