import { Age } from '#components/time/age.tsx'
import type { CommitsProgress } from '#domain/wal/wal-commits.ts'

/** How far the archive is read, and for how long it has been. */
export function ReadingArchive({ since, progress }: { since: Date | null; progress: CommitsProgress | null }) {
  return (
    <div className="grid gap-2">
      <p className="text-muted">
        {progress === null
          ? 'The archive is being looked through'
          : `${progress.read} of ${progress.total} WAL segments are read`}
        {since === null ? '' : <Age at={since} before=", for " />}. What is found is told when all are.
      </p>
      {progress === null ? null : (
        <div
          role="progressbar"
          aria-label="WAL segments read"
          aria-valuemin={0}
          aria-valuemax={progress.total}
          aria-valuenow={progress.read}
          className="h-1.5 overflow-hidden rounded-sm bg-raised"
        >
          <div
            className="h-full bg-info"
            style={{ width: `${(100 * progress.read) / Math.max(1, progress.total)}%` }}
          />
        </div>
      )}
    </div>
  )
}
