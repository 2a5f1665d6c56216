import type { Queryable } from './queryable.ts'
import { z } from 'zod'

/** What changed, told to every process when the transaction commits; ids only, readers fetch the rest. */
export type Notice = z.infer<typeof noticeSchema>

/** Channel of all notices. */
export const channel = 'matriarch'

/** Sends a notice with the commit of `tx`; equal notices of one transaction arrive once. */
export async function notify(tx: Queryable, notice: Notice): Promise<void> {
  await notifyAll(tx, [notice])
}

/** Sends notices with the commit of `tx`, in their order, in one statement. */
export async function notifyAll(tx: Queryable, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  await tx.query('select pg_notify($1, payload) from unnest($2::text[]) as given (payload)', [
    channel,
    notices.map((notice) => JSON.stringify(notice)),
  ])
}

/** A notice as received; null for what is none. */
export function parseNotice(payload: string | undefined): Notice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(payload ?? 'null')).data ?? null
  } catch {
    return null
  }
}

const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), clusterId: z.string(), version: z.number() }),
  z.object({ kind: z.literal('event'), clusterId: z.string(), id: z.number() }),
  z.object({ kind: z.literal('operation'), clusterId: z.string(), id: z.string() }),
  z.object({ kind: z.literal('inquiry'), id: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.string() }),
  z.object({ kind: z.literal('agents'), clusterId: z.string() }),
  z.object({ kind: z.literal('backups'), clusterId: z.string() }),
  z.object({ kind: z.literal('stack'), clusterId: z.string() }),
  z.object({ kind: z.literal('alerts'), clusterId: z.string() }),
  /** How people are told of alerts, or what is to be tried again. */
  z.object({ kind: z.literal('channels') }),
  z.object({ kind: z.literal('clusters') }),
  z.object({ kind: z.literal('users') }),
])
