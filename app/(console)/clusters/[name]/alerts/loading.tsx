import { AlertsSkeleton } from '#components/alerts/alerts-skeleton.tsx'

export default function Loading() {
  return <AlertsSkeleton />
}
