/** Planned work on one cluster, or on all that carry a label: nobody is told of its alerts until its end. */
export interface MaintenanceWindow {
  id: string
  /** Null = by label. */
  clusterId: string | null
  clusterName: string | null
  label: string | null
  reason: string
  owner: { id: string | null; name: string }
  forbids: Forbids
  startsAt: Date
  /** As set; it ends by itself then. */
  endsAt: Date
  /** Ended before its time; null = it was not. */
  endedAt: Date | null
  endedBy: string | null
  createdAt: Date
}

/** `acts-of-others`: nobody but the owner switches over or recovers meanwhile. */
export type Forbids = (typeof forbidden)[number]

export const forbidden = ['nothing', 'acts-of-others'] as const

/** When a window ends or has ended. */
export function endOf({ endsAt, endedAt }: Pick<MaintenanceWindow, 'endsAt' | 'endedAt'>): Date {
  return endedAt !== null && endedAt < endsAt ? endedAt : endsAt
}

/** True while it goes on. */
export function isGoingOn(window: Pick<MaintenanceWindow, 'startsAt' | 'endsAt' | 'endedAt'>, now: Date): boolean {
  return window.startsAt <= now && endOf(window) > now
}

/** True where the window is over the cluster, by its id or by a label that it carries. */
export function covers(
  { clusterId, label }: Pick<MaintenanceWindow, 'clusterId' | 'label'>,
  cluster: { id: string; labels: readonly string[] },
): boolean {
  return clusterId === cluster.id || (label !== null && cluster.labels.includes(label))
}

/** The window that holds back what is told of a cluster at `now`, of several the last to end; null = none does. */
export function mutedBy<W extends Pick<MaintenanceWindow, 'clusterId' | 'label' | 'startsAt' | 'endsAt' | 'endedAt'>>(
  cluster: { id: string; labels: readonly string[] },
  windows: readonly W[],
  now: Date,
): W | null {
  const matching = windows.filter((window) => isGoingOn(window, now) && covers(window, cluster))
  return matching.toSorted((a, b) => endOf(b).getTime() - endOf(a).getTime())[0] ?? null
}

/** What a window is over, in words. */
export function overWords({ clusterName, label }: Pick<MaintenanceWindow, 'clusterName' | 'label'>): string {
  return label === null ? (clusterName ?? 'a cluster') : `all clusters with the label ${label}`
}
