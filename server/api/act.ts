import type { TRPCError } from '@trpc/server'
import type pg from 'pg'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { recordAudit } from '#server/audit/record.ts'
import { AppError, isAppError } from '#server/errors.ts'
import type { Log } from '#server/log.ts'
import { markDone } from '#server/store/idempotent-requests.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { clusterNamedBy, type Concern } from './concern.ts'
import { tellError } from './errors.ts'

/** What an act is done to, and why. */
export interface Subject {
  target: string
  cluster: { id: string; name: string } | null
  reason: string | null
  /** Before and after, or whatever else a reader of the audit needs; never a secret. */
  detail?: unknown
}

/** One command under way: its change and its audit record stand in one transaction, or neither does. */
export class Act {
  readonly actor: AuditRecord['actor']
  readonly action: string
  subject: Subject | null = null
  isRecorded = false
  readonly #store: Store
  readonly #idempotentId: string | null

  constructor(store: Store, actor: AuditRecord['actor'], action: string, idempotentId: string | null = null) {
    this.#store = store
    this.#idempotentId = idempotentId
    this.actor = actor
    this.action = action
  }

  /** Says what the act is about, so that a refusal is recorded with it too. */
  on(subject: Subject): this {
    this.subject = subject
    return this
  }

  /** Runs the change and records the act in one transaction. */
  async commit<T>(change: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.#store, async (tx) => {
      const changed = await change(tx)
      const subject = this.subject
      if (!subject) throw new AppError('internal', `${this.action} does not say what it acts on.`)
      await recordAudit(tx, { ...entryOf(this), outcome: 'done' })
      // Last, because it is held until the commit: of two that carry the same request out, one is rolled back.
      if (this.#idempotentId !== null && !(await markDone(tx, this.#idempotentId)) && !this.isRecorded) {
        throw new AppError('conflict', 'The same request was carried out meanwhile. Ask again with the same key.')
      }
      return changed
    })
    this.isRecorded = true
    return result
  }

  /** Leaves change and record to an operation, which keeps both in its own transaction. */
  async leaveTo<T>(request: () => Promise<T>): Promise<T> {
    try {
      const result = await request()
      this.isRecorded = true
      return result
    } catch (error) {
      // An operation keeps its own refusals.
      if (error instanceof Error && error.name === 'RecordedError') this.isRecorded = true
      throw error
    }
  }
}

/** Records an act that was refused or failed, in a transaction of its own; input that was never understood is no act. */
export async function recordRefusal(refusal: {
  store: Store
  log: Log
  act: Act
  concern: Concern
  rawInput: () => Promise<unknown>
  error: TRPCError
}): Promise<void> {
  const { store, log, act, concern, error } = refusal
  if (act.isRecorded || (!isAppError(error.cause) && error.code === 'BAD_REQUEST')) return
  const { appCode, sentence, fields } = tellError(error)
  if (appCode === 'store-unreachable') return
  try {
    const input = await refusal.rawInput().catch(() => null)
    const subject = act.subject ?? {
      target: targetIn(input),
      cluster: await clusterNamedBy(store, concern, input),
      reason: null,
    }
    await inTransaction(store, (tx) =>
      recordAudit(tx, {
        ...entryOf(act),
        ...subject,
        outcome: failures.has(appCode) ? 'failed' : 'refused',
        detail: { code: appCode, sentence, ...(fields.length > 0 ? { fields } : {}), asked: subject.detail ?? null },
      }),
    )
  } catch (failure) {
    log.error({ error: failure, action: act.action }, 'a refused act could not be recorded')
  }
}

const failures: ReadonlySet<string> = new Set(['internal', 'unreachable', 'timeout', 'protocol'])

function entryOf(act: Act) {
  const { target, cluster, reason, detail } = act.subject ?? { target: '', cluster: null, reason: null, detail: null }
  return { actor: act.actor, action: act.action, target, cluster, reason, operationId: null, detail: detail ?? null }
}

// What somebody without the permission wanted to touch, as far as it can be told from what was sent.
function targetIn(input: unknown): string {
  if (typeof input !== 'object' || input === null) return ''
  for (const [key, value] of Object.entries(input)) {
    if (['name', 'cluster', 'id', 'email'].includes(key) && typeof value === 'string') return value.slice(0, 200)
  }
  return ''
}
