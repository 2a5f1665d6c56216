import { OverviewSkeleton } from '#components/cluster/overview-skeleton.tsx'

export default function Loading() {
  return <OverviewSkeleton />
}
