import { z } from 'zod'
import type { Tags } from '#domain/snapshot/patroni.ts'
import { clean, cleanText } from '../clean-text.ts'

/** Fields that occur in several of Patroni's answers and in its keys in the DCS. */
export const memberName = cleanText.refine((name) => name !== '')
export const lsn = z.number().nonnegative()
export const timeline = z.number().int().nonnegative().nullish()
export const flag = z.boolean().nullish()

/** Lag in bytes; every word, also one of a later version, means that it is not known. */
export const lag = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined) return null
    return typeof value === 'number' ? Math.max(0, value) : ('unknown' as const)
  })

/** Tags as Patroni passes them on from its file: what is neither text, number nor boolean is told as JSON text. */
export const tags = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((given): Tags => {
    const kept: [string, string | number | boolean][] = []
    for (const [name, value] of Object.entries(given ?? {}).slice(0, mostTags)) {
      if (!harmful.has(name)) kept.push([clean(name), tagValue(value)])
    }
    return Object.fromEntries(kept)
  })

export const pendingRestartReason = z
  .record(z.string(), z.object({ old_value: z.unknown().optional(), new_value: z.unknown().optional() }))
  .nullish()
  .transform((given) => {
    const reasons = Object.entries(given ?? {})
      .filter(([name]) => !harmful.has(name))
      .slice(0, mostTags)
    return Object.fromEntries(
      reasons.map(([name, { old_value, new_value }]) => [
        clean(name),
        { oldValue: String(tagValue(old_value)), newValue: String(tagValue(new_value)) },
      ]),
    )
  })

const mostTags = 100
const harmful = new Set(['__proto__', 'constructor', 'prototype'])

function tagValue(value: unknown): string | number | boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  return clean(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null')).slice(0, 400)
}
