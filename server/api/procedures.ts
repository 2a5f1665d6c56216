import { callTRPCProcedure, TRPCError, type AnyTRPCProcedure } from '@trpc/server'
import { z } from 'zod'
import type { Context } from './context.ts'
import { appRouter } from './root.ts'
import { createCallerFactory, type Meta } from './trpc.ts'

/** Calls procedures by their names as whoever the context stands for. */
export const callerFor = createCallerFactory(appRouter)

export type ProcedureCaller = ReturnType<typeof callerFor>

/** One procedure as it can be walked: its kind, rights and the schema of its input. */
export interface Procedure {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  meta: Meta
  /** Null = it takes no input. */
  input: z.ZodType | null
}

/** Every procedure of the console. */
export function allProcedures(): Procedure[] {
  // The types nest them by router; at run time they stand in one table by their whole path.
  return Object.entries<unknown>(appRouter._def.procedures).flatMap(([path, procedure]) =>
    isProcedure(procedure) ? [describe(path, procedure)] : [],
  )
}

/** Calls a query or command by its path; throws TRPCError as over HTTP. */
export function callProcedure(
  ctx: Context,
  procedure: Procedure,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  return callTRPCProcedure({
    router: appRouter,
    path: procedure.path,
    type: procedure.type,
    ctx,
    getRawInput: () => Promise.resolve(input),
    signal,
    batchIndex: 0,
  })
}

function describe(path: string, procedure: AnyTRPCProcedure): Procedure {
  const { type } = procedure._def
  const meta: unknown = procedure._def.meta
  const inputs: unknown[] =
    'inputs' in procedure._def && Array.isArray(procedure._def.inputs) ? procedure._def.inputs : []
  if (!isMeta(meta)) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: `${path} has no meta` })
  const [input] = inputs
  return { path, type, meta, input: input instanceof z.ZodType ? input : null }
}

function isProcedure(value: unknown): value is AnyTRPCProcedure {
  return typeof value === 'function' && '_def' in value
}

function isMeta(meta: unknown): meta is Meta {
  return typeof meta === 'object' && meta !== null && 'permission' in meta && 'audit' in meta
}
