import { z } from 'zod'
import { prefixOf, prefixRange } from './key-table.ts'
import { fromBase64, headerSchema, toBase64 } from './wire.ts'

export interface ClearOrder {
  namespace: string
  scope: string
  /** What `initialize` must say: of another cluster nothing is cleared. */
  systemIdentifier: string
  /** Keys to be left with these values instead of none, by their names without the prefix. */
  put?: readonly { name: string; value: string }[]
  /** True = nothing is changed; it only shows whether it would be allowed. */
  isTrial?: boolean
}

export type ClearReply =
  | { kind: 'cleared' }
  /** Somebody leads, or these are the keys of another cluster; nothing was changed. A trial says what it found as well. */
  | { kind: 'kept'; leader: string | null; systemIdentifier: string | null }

/** What Patroni writes of a cluster's life. Its configuration and `initialize` are not among them: they keep strays from making a cluster of their own. */
const ofOneLife = ['status', 'optime/leader', 'history', 'sync', 'failover', 'failsafe', 'leader']

/** The transaction that clears a scope: all or nothing, and nothing while somebody leads. */
export function clearTransaction({ namespace, scope, systemIdentifier, put = [], isTrial }: ClearOrder): object {
  const prefix = prefixOf(namespace, scope)
  const key = (name: string) => toBase64(`${prefix}${name}`)
  const kept = new Set(put.map(({ name }) => name))
  const initialize = { key: key('initialize'), target: 'VALUE', result: 'EQUAL', value: toBase64(systemIdentifier) }
  const noLeader = { key: key('leader'), target: 'CREATE', result: 'EQUAL', create_revision: '0' }
  const never = { key: key('initialize'), target: 'VERSION', result: 'LESS', version: '0' }
  return {
    compare: [initialize, noLeader, ...(isTrial ? [never] : [])],
    success: [
      ...ofOneLife.filter((name) => !kept.has(name)).map((name) => ({ request_delete_range: { key: key(name) } })),
      { request_delete_range: prefixRange(`${prefix}members/`) },
      ...put.map(({ name, value }) => ({ request_put: { key: key(name), value: toBase64(value) } })),
    ],
    failure: ['leader', 'initialize'].map((name) => ({ request_range: { key: key(name) } })),
  }
}

/** The answer to it; what does not hold is told by etcd itself. */
export const transactionSchema = z.object({
  header: headerSchema,
  succeeded: z.boolean().optional(),
  responses: z
    .array(
      z.object({
        response_range: z.object({ kvs: z.array(z.object({ value: z.string().optional() })).optional() }).optional(),
      }),
    )
    .optional(),
})

/** What the transaction came to: all is cleared, or nothing is, and then who leads and which data etcd names (null = none). */
export function clearReplyOf({ succeeded, responses = [] }: z.output<typeof transactionSchema>): ClearReply {
  if (succeeded) return { kind: 'cleared' }
  const [leader = null, systemIdentifier = null] = responses.map(({ response_range: range }) => {
    const value = range?.kvs?.[0]?.value
    return value === undefined ? null : fromBase64(value)
  })
  return { kind: 'kept', leader, systemIdentifier }
}
