import { Skeleton } from '#components/ui/skeleton.tsx'

export function BackupsSkeleton() {
  return (
    <div role="status" aria-label="Loading backups" className="grid gap-6">
      <Skeleton className="h-12 rounded-lg" />
      <Skeleton className="h-56 rounded-lg" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  )
}
