import { Skeleton } from '#components/ui/skeleton.tsx'

export function AgentsSkeleton() {
  return (
    <div role="status" aria-label="Loading agents">
      <Skeleton className="h-64 rounded-lg" />
    </div>
  )
}
