import type { ScheduledSwitchover } from '#domain/snapshot/patroni.ts'

/** True where what Patroni has scheduled is the switchover meant: the same time, the same new leader. */
export function isSameSchedule(
  { at, to }: ScheduledSwitchover,
  meant: { scheduledAt: Date | null; candidate: string | null },
): boolean {
  if (meant.scheduledAt === null) return false
  // Patroni keeps whole seconds of some clients' times; it never moves a time by more.
  return Math.abs(at.getTime() - meant.scheduledAt.getTime()) < 1_000 && to === meant.candidate
}
