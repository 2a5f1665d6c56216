import { OperationsSkeleton } from '#components/operation/operations-skeleton.tsx'

export default function Loading() {
  return <OperationsSkeleton />
}
