import type { Resolution } from './series.ts'

/** How long samples and each of their roll-ups are kept, days. */
export type Retention = Record<Resolution, number>

export const retentionByDefault: Retention = { raw: 3, minute: 30, tenMinutes: 100, hour: 730, day: 3650 }

/** The finest first. */
export const resolutions = ['raw', 'minute', 'tenMinutes', 'hour', 'day'] as const satisfies readonly Resolution[]

export const resolutionWords: Record<Resolution, string> = {
  raw: 'Every 10 s',
  minute: 'By the minute',
  tenMinutes: 'By ten minutes',
  hour: 'By the hour',
  day: 'By the day',
}

// A roll-up is made of what is finer, so that must outlive the time one row of it stands for.
const fewestDays = 2
// Each day of samples is a partition of its own, each week of minutes too: thousands of them would slow every reading down.
const mostDays: Retention = { raw: 400, minute: 3_660, tenMinutes: 36_500, hour: 36_500, day: 36_500 }

/** What is wrong with it, by resolution: a coarser one is read where a finer one has ended, so it must go on at least as long. */
export function retentionFaults(retention: Retention): { field: Resolution; sentence: string }[] {
  return resolutions.flatMap((field, index) => {
    const days = retention[field]
    const most = mostDays[field]
    if (!Number.isInteger(days) || days < fewestDays || days > most)
      return { field, sentence: `Give whole days from ${fewestDays} to ${most}.` }
    const coarser = resolutions[index + 1]
    if (coarser === undefined || !(days > retention[coarser])) return []
    const words = resolutionWords[coarser]
    return {
      field,
      sentence: `May not be kept longer than ${lowerFirst(words)}, ${daysInWords(retention[coarser])}: keep this shorter or that longer.`,
    }
  })
}

/** `1 day`, `30 days`, `2 years`. */
export function daysInWords(days: number): string {
  const isYears = days % 365 === 0 && days > 0
  const [count, unit] = isYears ? [days / 365, 'year'] : [days, 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
