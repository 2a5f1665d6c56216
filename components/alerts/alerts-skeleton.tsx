import { Skeleton } from '#components/ui/skeleton.tsx'

export function AlertsSkeleton() {
  return (
    <div role="status" aria-label="Loading alerts" className="grid gap-6">
      <Skeleton className="h-8 max-w-prose" />
      <Skeleton className="h-9 max-w-xl" />
      <Skeleton className="h-40 rounded-lg" />
      <Skeleton className="h-40 rounded-lg" />
    </div>
  )
}
