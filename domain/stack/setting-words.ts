import { formatBytes, formatDuration } from '#domain/format.ts'
import type { PostgresSetting } from './postgres-detail.ts'

/** A setting's value as a person reads it: `16384` in units of 8kB is `134 MB`. */
export function settingWords({ value, unit }: Pick<PostgresSetting, 'value' | 'unit'>): string {
  if (value === '') return 'empty'
  const amount = Number(value)
  if (unit === null || !Number.isFinite(amount) || amount < 0) return value
  const bytes = byteUnits[unit]
  if (bytes !== undefined) return formatBytes(amount * bytes)
  const ms = timeUnits[unit]
  return ms === undefined ? `${value} ${unit}` : formatDuration(amount * ms)
}

const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1024,
  '8kB': 8192,
  '16kB': 16_384,
  '32kB': 32_768,
  '64kB': 65_536,
  MB: 1024 ** 2,
  '16MB': 16 * 1024 ** 2,
}
const timeUnits: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, min: 60_000 }
