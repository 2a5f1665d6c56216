/** How far the leader had written when: positions only grow, so what a replica holds tells how old it is. No clock but the console's own counts. */
export interface LeaderPath {
  systemIdentifier: string | null
  /** First moment each position was seen at, both growing. */
  points: readonly PathPoint[]
  /** Newest look at the leader. */
  newestAt: Date
}

export interface PathPoint {
  at: Date
  lsn: number
}

/** Goes on with the path by where the leader is now; what lies beyond it was never part of its line, and of another cluster nothing is. */
export function followLeader(
  path: LeaderPath | null,
  leader: { systemIdentifier: string | null; seen: readonly PathPoint[] },
  now: Date,
): LeaderPath | null {
  const isOther = path !== null && path.systemIdentifier !== leader.systemIdentifier
  let next = isOther ? null : path
  for (const point of leader.seen.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    if (!Number.isFinite(point.lsn) || (next !== null && point.at <= next.newestAt)) continue
    const kept = upTo(next?.points ?? [], point.lsn)
    const isFurther = (kept.at(-1)?.lsn ?? -1) < point.lsn
    next = {
      systemIdentifier: leader.systemIdentifier,
      points: isFurther ? [...kept, point] : kept,
      newestAt: point.at,
    }
  }
  return next && { ...next, points: next.points.length % thinnedEvery === 0 ? thinned(next.points, now) : next.points }
}

const thinnedEvery = 16

function upTo(points: readonly PathPoint[], lsn: number): readonly PathPoint[] {
  return (points.at(-1)?.lsn ?? 0) <= lsn ? points : points.filter((point) => point.lsn <= lsn)
}

/**
 * Seconds by which a replica that had replayed this much then was behind, at least: since the leader was first seen further. Null where
 * the leader had not been looked at lately, or the path does not reach back far enough to tell.
 */
export function secondsBehind(path: LeaderPath | null, replica: PathPoint, now: Date): number | null {
  const [first] = path?.points ?? []
  if (path === null || first === undefined || !Number.isFinite(replica.lsn)) return null
  const passed = path.points.find(({ lsn }) => lsn > replica.lsn)
  if (passed === undefined) return now.getTime() - path.newestAt.getTime() <= leaderHoldsMs ? 0 : null
  if (passed === first && !isLong(path, now)) return null
  return Math.max(0, (replica.at.getTime() - passed.at.getTime()) / 1000)
}

/** What a replica has that lacks nothing is only known beside a recent look at the leader. */
const leaderHoldsMs = 20_000

const longMs = 72 * 3_600_000

/** By then the path has lost its beginning: a replica further back is as far behind as it reaches, at least. */
function isLong({ points }: LeaderPath, now: Date): boolean {
  return ageMs(points[0], now) >= longMs
}

/** Fine for what is recent, coarser for what is old: some hundred points for three days, and where it was before them. */
function thinned(points: readonly PathPoint[], now: Date): PathPoint[] {
  const kept: PathPoint[] = []
  for (const [index, point] of points.entries()) {
    if (ageMs(points[index + 1], now) > longMs) continue
    const older = kept.at(-1)
    const isNewest = index === points.length - 1
    const age = ageMs(point, now)
    if (older && !isNewest && point.at.getTime() - older.at.getTime() < spacingMs(age)) continue
    kept.push(point)
  }
  return kept
}

function ageMs(point: PathPoint | undefined, now: Date): number {
  return point === undefined ? 0 : now.getTime() - point.at.getTime()
}

function spacingMs(age: number): number {
  if (age < 600_000) return 0
  return age < 6 * 3_600_000 ? 60_000 : 900_000
}
