import { join } from 'node:path'
import { z } from 'zod'
import { readIfThere } from '#agent/durable.ts'
import { parts } from './job-parts.ts'

export const processIdentity = z.object({ bootId: z.string(), pid: z.int().min(1), startTime: z.string() })

/** What is written before a job begins: all that its runner needs. */
export const jobFile = z.object({
  operation: z.string(),
  step: z.string(),
  verb: z.string(),
  args: z.unknown(),
  acceptedAt: z.iso.datetime(),
  bootId: z.string(),
  deadlineMs: z.int(),
  program: z.object({ file: z.string(), argv: z.array(z.string()), env: z.record(z.string(), z.string()) }),
  /** One line for the program's standard input, which then stays open until the program is to end; null for none. */
  input: z.string().nullable(),
})

/** Whose the job is, written once: its runner's, or nobody's, so that no runner can begin it any more. */
export const claimFile = z.discriminatedUnion('by', [
  z.object({ by: z.literal('runner'), runner: processIdentity, at: z.iso.datetime() }),
  z.object({
    by: z.literal('nobody'),
    state: z.enum(['lost', 'cancelled', 'failed']),
    problem: z.string(),
    at: z.iso.datetime(),
  }),
])

export const endFile = z.object({
  state: z.enum(['succeeded', 'failed', 'cancelled']),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  result: z.unknown(),
  problem: z.string().nullable(),
  at: z.iso.datetime(),
})

export type JobFile = z.output<typeof jobFile>
export type EndFile = z.output<typeof endFile>

/** Reads a part of a job; null while it is not there. */
export async function readPart<T>(folder: string, part: keyof typeof parts, schema: z.ZodType<T>): Promise<T | null> {
  const text = await readIfThere(join(folder, parts[part]))
  return text === null ? null : schema.parse(JSON.parse(text))
}
