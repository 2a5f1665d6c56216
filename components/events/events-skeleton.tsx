import { Skeleton } from '#components/ui/skeleton.tsx'

export function EventsSkeleton() {
  return (
    <div role="status" aria-label="Loading events" className="grid gap-px">
      {Array.from({ length: 12 }, (_, index) => (
        <Skeleton key={index} className="h-8 rounded-none" />
      ))}
    </div>
  )
}
