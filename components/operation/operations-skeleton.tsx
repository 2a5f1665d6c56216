import { Skeleton } from '#components/ui/skeleton.tsx'

export function OperationsSkeleton() {
  return (
    <div role="status" aria-label="Loading operations">
      <Skeleton className="h-64 rounded-lg" />
    </div>
  )
}
