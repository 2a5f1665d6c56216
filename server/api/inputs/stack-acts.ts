import { z } from 'zod'
import { pauseBounds } from '#domain/plan/pooler-plan.ts'
import { existingName, moment } from './fields.ts'

/** Names one session, and what is to end. */
export const signalAsked = z.strictObject({
  cluster: existingName,
  member: existingName,
  pid: z.int().min(1).max(0x7fff_ffff),
  /** When the session began, as the stack tells it: pids are used again. */
  backendStart: moment,
  act: z.enum(['cancel', 'terminate']),
})

/** Names of HAProxy's own. */
const haproxyName = z.string().regex(/^[A-Za-z0-9_.:-]{1,200}$/, 'Letters, digits and _ . : - alone.')

/** Names one server of a proxy. */
export const haproxyAsked = z.strictObject({
  cluster: existingName,
  proxy: haproxyName,
  server: haproxyName,
  act: z.enum(['drain', 'ready']),
})

/** What the plan asks to be typed; null where it asks for nothing. */
export const confirm = z.string().max(400).nullable().default(null)

/** Names the poolers that are meant, and what is asked of them. */
export const poolerAsked = z.strictObject({
  cluster: existingName,
  act: z.enum(['pause', 'resume', 'reconnect', 'reload', 'disable', 'enable', 'kill']),
  /** Null = all of the cluster's. */
  node: existingName.nullable().default(null),
  /** Null = all. */
  database: z
    .string()
    .regex(/^\P{Cc}{1,63}$/u, 'Must be the name of a database, at most 63 characters.')
    .nullable()
    .default(null),
  /** How long a pause lasts at most, ms. */
  limitMs: z.int().min(pauseBounds.leastMs).max(pauseBounds.mostMs).nullable().default(null),
})
