import { BackupsSkeleton } from '#components/backups/backups-skeleton.tsx'

export default function Loading() {
  return <BackupsSkeleton />
}
