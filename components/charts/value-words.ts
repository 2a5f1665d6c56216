import { formatBytes, formatDuration } from '#domain/format.ts'
import type { Unit } from './chart-line.ts'

/** A value of a unit as one would say it: `1.2 kB`, `340 ms`, `1,340/s`, `95 %`, `yes`. */
export function tellValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return formatBytes(value)
    case 'bytes/s':
      return `${formatBytes(value)}/s`
    case 'seconds':
      return tellMs(value * 1000)
    case 'ms':
      return tellMs(value)
    case 'ratio':
      return `${short(value * 100)} %`
    case '1/s':
      return `${tellCount(value)}/s`
    case 'boolean':
      return tellShare(value)
    case 'count':
    case 'transactions':
      return tellCount(value)
  }
}

/** Words for what was not seen. */
export const noValue = 'no value'

export function tellValueOr(value: number | null | undefined, unit: Unit): string {
  return value == null ? noValue : tellValue(value, unit)
}

function tellMs(ms: number): string {
  return ms > 0 && ms < 999.5 ? `${short(ms)} ms` : formatDuration(ms)
}

function tellCount(amount: number): string {
  if (amount >= 999_500_000) return `${short(amount / 1e9)} bn`
  if (amount >= 999_500) return `${short(amount / 1e6)} M`
  return short(amount)
}

/** A mean of yes and no is how long it was so. */
function tellShare(share: number): string {
  if (share <= 0) return 'no'
  return share >= 1 ? 'yes' : `${short(share * 100)} % of the time`
}

/** One decimal below ten and two below a tenth; a little is never told as nothing. */
function short(amount: number): string {
  if (amount > 0 && amount < 0.005) return '< 0.01'
  if (amount < 0.0995) return String(Math.round(amount * 100) / 100)
  return amount < 9.95 ? String(Math.round(amount * 10) / 10) : grouped.format(amount)
}

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
