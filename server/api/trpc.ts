import { initTRPC } from '@trpc/server'
import type { AskedAction } from '#domain/audit-action.ts'
import { isAllowed, type Permission } from '#domain/people/permission.ts'
import { actorOf, type Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { Act, recordRefusal } from './act.ts'
import type { Concern, Place } from './concern.ts'
import type { Context } from './context.ts'
import { demand } from './demand.ts'
import { tellError, toTrpcError } from './errors.ts'
import { readableClusters, type ClusterIds } from './readable.ts'
import { transformer } from './transformer.ts'

/** What is known of a procedure without calling it: walked by tests, OpenAPI and the audit. */
export interface Meta {
  permission: Permission
  /** Of what it is: there the permission is demanded. */
  concern: Concern
  /** The audit action of a command; null for what only reads. */
  audit: AskedAction | null
  /** A person must have shown in the last minutes who they are. */
  stepUp?: true
}

/** What a query is given beside its input. */
export interface QueryContext extends Context {
  caller: Caller
  /** The cluster that it is of, or the console as a whole. */
  where: Place['where']
  /** True where the caller has a further right there. */
  may: (permission: Permission) => boolean
  /** The clusters that a list may tell of. */
  readable: () => Promise<ClusterIds>
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
export function query(options: { permission: Permission; concern: Concern }) {
  return known
    .meta({ ...options, audit: null })
    .use(async ({ ctx, next, getRawInput }) => next({ ctx: await admit(ctx, options, getRawInput) }))
}

/**
 * A procedure that changes something: it acts through `ctx.act`, which leaves a record of every outcome. One of a dangerous class wants a
 * person to have shown shortly before who they are; a token's limit is its scope.
 */
export function command(options: { permission: Permission; concern: Concern; audit: AskedAction; stepUp?: true }) {
  return known.meta({ ...options }).use(async ({ ctx, next, getRawInput }) => {
    const { store, log } = ctx.services
    const act = new Act(store, actorOf(ctx.caller), options.audit, ctx.idempotentId ?? null)
    const refuse = (error: unknown) =>
      recordRefusal({ store, log, act, concern: options.concern, rawInput: getRawInput, error: toTrpcError(error) })
    const admitted = await admit(ctx, options, getRawInput).catch(async (error: unknown) => {
      await refuse(error)
      throw error
    })
    // Not a refusal: the same is asked again once the person has answered.
    if (options.stepUp) demandStepUp(ctx.caller)
    const result = await next({ ctx: { ...admitted, act } })
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

/** The right is demanded here and nowhere else, before anything of the procedure runs. */
async function admit(
  { caller, services: { store } }: Context & { caller: Caller },
  { permission, concern }: { permission: Permission; concern: Concern },
  input: () => Promise<unknown>,
): Promise<Pick<QueryContext, 'where' | 'may' | 'readable'>> {
  const where = await demand({ store, caller, permission, concern, input }).catch((error: unknown) => {
    throw toTrpcError(error)
  })
  return {
    where,
    may: (asked) => isAllowed(caller.grants, asked, where),
    readable: () => readableClusters(store, caller, permission),
  }
}

function demandStepUp(caller: Caller): void {
  if (caller.kind === 'token' || caller.isSteppedUp) return
  throw toTrpcError(
    new AppError(
      'step-up-wanted',
      'Show again that it is you: for this act it must not be more than five minutes ago.',
    ),
  )
}
