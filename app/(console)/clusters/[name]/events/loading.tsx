import { EventsSkeleton } from '#components/events/events-skeleton.tsx'

export default function Loading() {
  return <EventsSkeleton />
}
