import type { Backup } from '#domain/backup.ts'
import { formatBytes, formatDuration, formatInstant } from '#domain/format.ts'

/** One backup as a bar. */
export interface Bar {
  key: string
  type: Backup['type']
  /** 0 to 1, of the largest. */
  height: number
  tip: string
}

/** What is drawn of each backup. */
export type ChartAmount = 'added' | 'duration'

/** The newest backups of this cluster as bars, oldest first, and the largest amount in words; null where there is none. */
export function chartBars(backups: readonly Backup[], amount: ChartAmount): { bars: Bar[]; largest: string } | null {
  const own = backups
    .filter(({ isOfThisCluster }) => isOfThisCluster)
    .toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
    .slice(-atMost)
  const largest = own.reduce((most, backup) => Math.max(most, amountOf(backup, amount)), 0)
  if (own.length === 0) return null
  const bars = own.map((backup) => {
    const value = amountOf(backup, amount)
    return {
      key: `${backup.repository} ${backup.label}`,
      type: backup.type,
      height: largest === 0 ? 0 : value / largest,
      tip: `${backup.label}\n${tell(value, amount)}\n${formatInstant(backup.stoppedAt)}`,
    }
  })
  return { bars, largest: tell(largest, amount) }
}

const atMost = 40

function amountOf({ startedAt, stoppedAt, repositoryDeltaBytes }: Backup, amount: ChartAmount): number {
  return amount === 'added' ? repositoryDeltaBytes : stoppedAt.getTime() - startedAt.getTime()
}

function tell(value: number, amount: ChartAmount): string {
  return amount === 'added' ? formatBytes(value) : formatDuration(value)
}
