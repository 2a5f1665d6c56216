import { Skeleton } from '#components/ui/skeleton.tsx'

export function FleetSkeleton() {
  return (
    <div role="status" aria-label="Loading the fleet" className="grid gap-6">
      <div className="grid gap-2">
        <Skeleton className="h-8 w-[min(34rem,90%)]" />
        <Skeleton className="h-5 w-64" />
      </div>
      <Skeleton className="h-9 w-80 max-w-full" />
      <div className="grid gap-px">
        {Array.from({ length: 10 }, (_, index) => (
          <Skeleton key={index} className="h-10 rounded-none" />
        ))}
      </div>
    </div>
  )
}
