import type { PastRestore } from '#domain/plan/restore-plan.ts'

/** How long a restore of so many bytes takes, going by the median of those of before, ms; null where there is none to go by. */
export function expectedRestoreMs(past: readonly PastRestore[], bytes: number | null): number | null {
  const rates = past
    .filter((each) => each.bytes > 0 && each.ms > 0)
    .map((each) => each.ms / each.bytes)
    .toSorted((a, b) => a - b)
  if (rates.length === 0 || bytes === null) return null
  const lower = rates[Math.floor((rates.length - 1) / 2)] ?? 0
  const upper = rates[Math.floor(rates.length / 2)] ?? 0
  return Math.round(((lower + upper) / 2) * bytes)
}
