import { HistorySkeleton } from '#components/history/history-skeleton.tsx'

export default function Loading() {
  return <HistorySkeleton />
}
