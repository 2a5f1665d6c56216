import { Skeleton } from '#components/ui/skeleton.tsx'

export function HistorySkeleton() {
  return (
    <div role="status" aria-label="Loading the history" className="grid gap-6">
      <Skeleton className="h-8 rounded-lg" />
      <Skeleton className="h-8 rounded-lg" />
      <Skeleton className="h-160 rounded-lg" />
      <Skeleton className="h-160 rounded-lg" />
    </div>
  )
}
