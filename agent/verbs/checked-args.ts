import type * as z from 'zod/mini'
import { RefusedError } from '#agent/refused-error.ts'

/** Makes a function that takes anything, and does something only with what the schema lets through. */
export function withArgs<S extends z.ZodMiniType, Rest extends unknown[], R>(
  schema: S,
  act: (args: z.output<S>, ...rest: Rest) => R,
): (raw: unknown, ...rest: Rest) => R {
  return (raw, ...rest) => {
    const parsed = schema.safeParse(raw)
    if (parsed.success) return act(parsed.data, ...rest)
    const [issue] = parsed.error.issues
    const where = issue === undefined ? 'the arguments' : `"${issue.path.join('.')}"`
    throw new RefusedError(
      'bad-arguments',
      `In the arguments of this verb, ${where}: ${issue?.message ?? 'not as expected'}.`,
    )
  }
}
