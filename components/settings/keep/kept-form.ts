import type { KeptLevel } from '#domain/samples/kept-level.ts'
import { retentionByDefault, retentionFaults, resolutions, type Retention } from '#domain/samples/retention.ts'
import type { Resolution } from '#domain/samples/series.ts'

/** Days as they are typed. */
export type KeptForm = Record<Resolution, string>

export function formOf(levels: readonly KeptLevel[]): KeptForm {
  const days = { ...retentionByDefault, ...Object.fromEntries(levels.map((level) => [level.resolution, level.days])) }
  return filledBy((resolution) => String(days[resolution]))
}

/** What was typed; NaN where it is no number. */
export function retentionOf(form: KeptForm): Retention {
  return filledBy((resolution) => {
    const text = form[resolution].trim()
    return /^\d+$/.test(text) ? Number(text) : Number.NaN
  })
}

/** What is wrong with what was typed, by resolution. */
export function formFaults(form: KeptForm): Partial<Record<Resolution, string>> {
  return Object.fromEntries(retentionFaults(retentionOf(form)).map(({ field, sentence }) => [field, sentence]))
}

function filledBy<T>(valueOf: (resolution: Resolution) => T): Record<Resolution, T> {
  const [raw, minute, tenMinutes, hour, day] = resolutions
  return {
    raw: valueOf(raw),
    minute: valueOf(minute),
    tenMinutes: valueOf(tenMinutes),
    hour: valueOf(hour),
    day: valueOf(day),
  }
}
