import { Age } from '#components/time/age.tsx'
import { Card } from '#components/ui/card.tsx'
import type { BackupProgress } from '#domain/backup/backup-progress.ts'
import { formatBytes } from '#domain/format.ts'

interface RunningBackupProps {
  progress: BackupProgress
  since: Date | null
  node: string
  /** When it was last seen to run, where that is too long ago to say that it still does; null = it runs. */
  lastSeenAt: Date | null
}

/** A backup that runs, with how far it has come, or one that did when that was last seen. */
export function RunningBackup({ progress, since, node, lastSeenAt }: RunningBackupProps) {
  if (lastSeenAt !== null) {
    return (
      <Card title="A backup ran">
        <p className="text-muted">
          <Age at={lastSeenAt} before="It was seen to run " after=" ago" /> on {node}; whether it ended is not known.
        </p>
      </Card>
    )
  }
  const percent = percentOf(progress)
  return (
    <Card title="A backup runs" aside={since ? <Age at={since} before="for at least " /> : null}>
      <div className="grid gap-2">
        <p>{tellProgress(progress, node)}</p>
        {percent === null ? null : (
          <div
            role="progressbar"
            aria-label="Backup"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            className="h-1.5 overflow-hidden rounded-sm bg-raised"
          >
            <div className="h-full bg-info" style={{ width: `${percent}%` }} />
          </div>
        )}
      </div>
    </Card>
  )
}

function tellProgress(progress: BackupProgress, node: string): string {
  const percent = percentOf(progress)
  if (percent === null) return `It runs on ${node}; how far it has come is not told yet.`
  if (percent === 100) return `All is copied on ${node}: WAL is awaited and old backups expire.`
  const { doneBytes, totalBytes } = progress
  const amounts =
    doneBytes === null || totalBytes === null ? '' : `, ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`
  return `${percent} % is copied on ${node}${amounts}.`
}

function percentOf({ fraction }: BackupProgress): number | null {
  return fraction === null ? null : Math.floor(fraction * 100)
}
