import { Skeleton } from '#components/ui/skeleton.tsx'

export function SetupSkeleton() {
  return (
    <div role="status" aria-label="Loading the set-up" className="grid gap-6">
      <Skeleton className="h-7 max-w-prose" />
      <Skeleton className="h-56 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  )
}
