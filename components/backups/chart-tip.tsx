import type { TooltipContentProps } from 'recharts'
import { formatClock, formatDay } from '#components/time/moment-format.ts'
import { backupName } from '#domain/backup/backup.ts'
import { formatBytes, formatDuration, formatInstant } from '#domain/format.ts'
import { BackupShape } from './backup-shape.tsx'
import type { ChartPoint } from './chart-points.ts'

interface ChartTipProps extends Partial<Pick<TooltipContentProps, 'active' | 'payload'>> {
  zone: string
  hasRepositories: boolean
}

/** What there is to tell of the backup that is pointed at; said aloud where the arrows went there. */
export function ChartTip({ active, payload, zone, hasRepositories }: ChartTipProps) {
  const point = payload?.[0]?.payload as ChartPoint | undefined
  if (!active || point === undefined) return null
  const { type, label, repository, at, databaseBytes, addedBytes, durationMs } = point
  const ended = new Date(at)
  const amounts = [
    `database ${formatBytes(databaseBytes)}`,
    `added ${formatBytes(addedBytes)}`,
    `took ${formatDuration(durationMs)}`,
  ]
  return (
    <div
      role="status"
      className="max-w-60 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-sm text-text shadow-float"
    >
      <p className="flex items-start gap-1.5 break-all">
        <BackupShape type={type} className="mt-0.5" />
        {backupName({ type, label })}
        {hasRepositories ? ` in repository ${repository}` : ''}
      </p>
      <p>{amounts.join(' · ')}</p>
      {zone === 'UTC' ? null : (
        <p className="text-muted">
          {formatDay(ended, zone)}, {formatClock(ended, zone)} {zone}
        </p>
      )}
      <p className="text-muted">{formatInstant(ended)}</p>
    </div>
  )
}
