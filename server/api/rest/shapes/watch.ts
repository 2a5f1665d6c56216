import { z } from 'zod'
import type { Availability, Span } from '#domain/availability/measure.ts'
import type { DayTold, PeriodTold, StatusAnswer } from '#domain/availability/status-view.ts'
import { shareKinds, type ShareLink } from '#domain/people/share-link.ts'
import type { MadeShare } from '../../shares/shares.ts'
import type { ShownAvailability } from '../../status/availability.ts'

const text = z.string()
const moment = z.date()
const momentOrNull = moment.nullable()
const ms = z.number()

const parts = {
  from: moment,
  to: moment,
  wholeMs: ms,
  servingMs: ms,
  unplannedMs: ms,
  plannedMs: ms,
  unseenMs: ms,
  unmeasuredMs: ms,
}
const availability: z.ZodType<Availability> = z.object({ ...parts, share: z.number().nullable() })
const day: z.ZodType<DayTold> = z.object(parts)
const span: z.ZodType<Span> = z.object({ from: moment, to: moment })
const period: z.ZodType<PeriodTold> = z.object({ period: span, measured: availability })

export const status: z.ZodType<StatusAnswer> = z.object({
  clusters: z.array(
    z.object({
      name: text,
      state: z.enum(['serving', 'not-serving', 'unseen', 'apart']),
      way: z.enum(['open', 'shut', 'unseen']),
      since: momentOrNull,
      lookedAt: momentOrNull,
      target: z.number(),
      month: period,
      quarter: period,
      days: z.array(day),
      lastTakeover: z.object({ at: moment, isPlanned: z.boolean() }).nullable(),
      lastBackupAt: momentOrNull,
      lastRehearsalAt: momentOrNull,
      planned: z.array(span),
    }),
  ),
  serverNow: moment,
})

export const shownAvailability: z.ZodType<ShownAvailability> = z.object({
  cluster: text,
  measured: availability,
  sentence: text,
  target: z.number(),
  against: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('unknown') }),
    z.object({ kind: z.literal('met'), leftMs: ms }),
    z.object({ kind: z.literal('missed'), beyondMs: ms }),
  ]),
  stretches: z.array(
    z.object({
      kind: z.enum(['outage', 'unseen', 'apart']),
      began: moment,
      ended: momentOrNull,
      cause: z.enum([
        'no-leader',
        'dcs-lost',
        'promoting',
        'read-only',
        'not-running',
        'commits-wait',
        'split-brain',
        'leader-lost',
        'leader-silent',
        'nothing-answers',
        'nobody-looked',
        'standby',
      ]),
      words: text,
    }),
  ),
})

export const share: z.ZodType<ShareLink> = z.object({
  id: text,
  kind: z.enum(shareKinds),
  title: text,
  clusters: z.array(text),
  createdBy: text,
  createdAt: moment,
  expiresAt: moment,
  revokedAt: momentOrNull,
  revokedBy: text.nullable(),
  views: z.number(),
  lastViewedAt: momentOrNull,
})

export const madeShare: z.ZodType<MadeShare> = z.object({ share, token: text, path: text })
