import { z } from 'zod'
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
