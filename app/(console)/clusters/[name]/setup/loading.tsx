import { SetupSkeleton } from '#components/setup/setup-skeleton.tsx'

export default function Loading() {
  return <SetupSkeleton />
}
