import { initTRPC } from '@trpc/server'
import type { AskedAction } from '#domain/audit-action.ts'
import { isAllowed, type Permission } from '#domain/permission.ts'
import { actorOf, type Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { Act, recordRefusal } from './act.ts'
import type { Context } from './context.ts'
import { tellError, toTrpcError } from './errors.ts'
import { transformer } from './transformer.ts'

/** What is known of a procedure without calling it: walked by tests, OpenAPI and the audit. */
export interface Meta {
  permission: Permission
  /** The audit action of a command; null for what only reads. */
  audit: AskedAction | null
}

/** What a query is given beside its input. */
export interface QueryContext extends Context {
  caller: Caller
}

/** What a command is given beside its input. */
export interface CommandContext extends QueryContext {
  act: Act
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer,
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error }) {
      const { appCode, sentence, fields } = tellError(error)
      return { ...shape, message: sentence, data: { ...shape.data, appCode, sentence, fields } }
    },
  })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

const known = t.procedure.use(async ({ ctx, next, path }) => {
  const result = await next({ ctx: { caller: await identify(ctx) } }).catch((error: unknown) => {
    throw toTrpcError(error)
  })
  if (result.ok) return result
  const error = toTrpcError(result.error)
  if (error.code === 'INTERNAL_SERVER_ERROR') ctx.services.log.error({ error: error.cause ?? error, path }, 'failed')
  return { ...result, error }
})

/** A procedure that only reads, also the start of a subscription. */
export function query(options: { permission: Permission }) {
  return known.meta({ permission: options.permission, audit: null }).use(({ ctx, next }) => {
    demand(ctx.caller, options.permission)
    return next()
  })
}

/** A procedure that changes something: it acts through `ctx.act`, which leaves a record of every outcome. */
export function command(options: { permission: Permission; audit: AskedAction }) {
  return known
    .meta({ permission: options.permission, audit: options.audit })
    .use(async ({ ctx, next, getRawInput }) => {
      const { store, log } = ctx.services
      const act = new Act(store, actorOf(ctx.caller), options.audit, ctx.idempotentId ?? null)
      const refuse = (error: unknown) =>
        recordRefusal({ store, log, act, rawInput: getRawInput, error: toTrpcError(error) })
      try {
        demand(ctx.caller, options.permission)
      } catch (error) {
        await refuse(error)
        throw error
      }
      const result = await next({ ctx: { act } })
      if (!result.ok) await refuse(result.error)
      else if (!act.isRecorded) throw new AppError('internal', `${options.audit} ended without a record of it.`)
      return result
    })
}

async function identify(ctx: Context): Promise<Caller> {
  const caller = await ctx.identify().catch((error: unknown) => {
    throw toTrpcError(error)
  })
  if (caller) return caller
  throw toTrpcError(new AppError('unauthenticated', 'You are not signed in, or your session has ended. Sign in again.'))
}

function demand(caller: Caller, permission: Permission): void {
  if (isAllowed(caller.role, permission)) return
  throw toTrpcError(
    new AppError('forbidden', `This needs the permission ${permission}; ${caller.name} has the role ${caller.role}.`),
  )
}
