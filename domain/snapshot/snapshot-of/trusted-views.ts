import type { PatroniClusterView } from '#domain/snapshot/patroni.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import { isStale, newestOf } from '#domain/snapshot/staleness.ts'

/** One member's own view of the cluster, with when that member last saw the DCS. */
export interface TrustedView {
  member: string
  view: PatroniClusterView
  leader: string | null
  observedAt: Date
  dcsLastSeenAt: Date | null
}

/**
 * The views that may be believed: answered lately, by members that still see the DCS.
 * `/cluster` is the answering member's memory, so one that has lost the DCS repeats the past (utils.py cluster_as_json).
 */
export function trustedViews(readings: ClusterReadings, now: Date): TrustedView[] {
  const views = readings.members.flatMap((member) => freshView(member, now))
  const newestSight = newestOf(...views.map((view) => view.dcsLastSeenAt))
  const config = readings.config.good?.value
  const allowedLagMs = ((config?.loopWaitSeconds ?? 10) * 1.5 + 2) * 1000
  const trusted = views.filter(
    (view) =>
      view.dcsLastSeenAt === null ||
      newestSight === null ||
      newestSight.getTime() - view.dcsLastSeenAt.getTime() <= allowedLagMs,
  )
  if (trusted.length !== 1) return trusted
  return trusted.filter((view) => mayStandAlone(view, now, (config?.ttlSeconds ?? 30) * 1000))
}

/** The leader that a view names; null where it names none. */
export function leaderIn(view: PatroniClusterView): string | null {
  return view.members.find((member) => member.role === 'leader' || member.role === 'standby_leader')?.name ?? null
}

function freshView(member: MemberReadings, now: Date): TrustedView[] {
  const { good, problem } = member.clusterView
  if (!good || isStale(good.observedAt, now)) return []
  // A closed connection without an answer is how Patroni says that it has lost the DCS.
  if (problem?.kind === 'empty-reply') return []
  return [
    {
      member: member.name,
      view: good.value,
      leader: leaderIn(good.value),
      observedAt: good.observedAt,
      dcsLastSeenAt: member.status.good?.value.dcsLastSeenAt ?? null,
    },
  ]
}

/** With nobody to compare with, a view counts only while its member saw the DCS within one lease. Its clock may differ, so a time ahead is taken as now. */
function mayStandAlone(view: TrustedView, now: Date, ttlMs: number): boolean {
  return view.dcsLastSeenAt === null || now.getTime() - view.dcsLastSeenAt.getTime() <= ttlMs
}
