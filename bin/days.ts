import { UsageError } from './api-problem.ts'

/** Reads `90d` or `never` as days; null = never. */
export function readDays(text: string): number | null {
  if (text === 'never') return null
  const days = Number(/^(\d{1,4})d?$/.exec(text)?.[1] ?? Number.NaN)
  if (days >= 1 && days <= 3_650) return days
  throw new UsageError(`--expires is days such as 90d, at most 3650d, or never; not ${text}.`)
}
