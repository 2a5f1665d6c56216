import type { Hours } from '#domain/alerts/notify/hours.ts'
import type { Route } from '#domain/alerts/notify/route.ts'

/** A route as it is sent: its cluster by name. */
export type RouteDraft = Omit<Route, 'id' | 'cluster'> & { cluster: string | null }

/** What a route is that was just begun. */
export function newRoute(channelId: string): RouteDraft {
  return {
    severity: 'critical',
    cluster: null,
    label: null,
    hours: null,
    steps: [{ afterMinutes: 0, channelIds: [channelId] }],
    repeatMinutes: 240,
    goesOn: false,
  }
}

/** A route that is shown, as it would be sent. */
export function draftOf({ severity, cluster, label, hours, steps, repeatMinutes, goesOn }: Route): RouteDraft {
  return { severity, cluster: cluster?.name ?? null, label, hours, steps, repeatMinutes, goesOn }
}

/** Office hours of the viewer's own zone, to begin with. */
export function officeHours(): Hours {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', zone: zone === '' ? 'UTC' : zone }
}

/** Puts one up or down; what would leave the list stays. */
export function moved<T>(all: readonly T[], from: number, by: 1 | -1): T[] {
  const next = [...all]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(Math.min(Math.max(from + by, 0), next.length), 0, one)
  return next
}
