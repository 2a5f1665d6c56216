import { Skeleton } from '#components/ui/skeleton.tsx'

export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview" className="grid gap-5">
      <div className="grid gap-2">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-9 w-[min(38rem,90%)]" />
      </div>
      <div className="grid gap-3.5 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="grid content-start gap-3.5">
          <Skeleton className="h-[24rem] rounded-lg max-md:hidden" />
          <Skeleton className="h-44 rounded-lg" />
        </div>
        <div className="grid content-start gap-3.5">
          <Skeleton className="h-48 rounded-lg" />
          <Skeleton className="h-64 rounded-lg" />
        </div>
      </div>
    </div>
  )
}
