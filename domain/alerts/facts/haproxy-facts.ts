import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { readServersUp, writeRouteOf } from '#domain/snapshot/route.ts'
import { isStale, lookIntervalsMs } from '#domain/snapshot/staleness.ts'
import type { Facts } from './names.ts'
import { type FactSources, freshOf } from './sources.ts'

type Names = 'haproxySessions' | 'haproxyPrimaryServers' | 'haproxyReplicaServers' | 'haproxyQueued' | 'haproxyIsRight'

/** Where HAProxy sends clients; not known while its statistics do not answer. */
export function haproxyFacts(sources: FactSources): Pick<Facts<'cluster'>, Names> {
  const { snapshot, stack, now } = sources
  const { haproxy } = snapshot
  const isSeen =
    haproxy !== null && !isGone(haproxy.problem, now) && !isStale(haproxy.seenAt, now, lookIntervalsMs.haproxy)
  const route = isSeen ? writeRouteOf(snapshot) : null
  const detail = freshOf(stack?.haproxy, now)
  const queued = (detail?.proxies ?? []).map(({ backend }) => backend?.queued ?? 0)
  return {
    haproxySessions: isSeen ? haproxy.backends.reduce((sum, { sessions }) => sum + sessions, 0) : null,
    haproxyPrimaryServers: route?.targets.length ?? null,
    haproxyReplicaServers: isSeen ? readServersUp(snapshot) : null,
    haproxyQueued: detail === null ? null : queued.reduce((sum, each) => sum + each, 0),
    haproxyIsRight: route === null ? null : isRight(sources, route),
  }
}

/** Nothing to agree with without a leader that works; and a target that fits no member may be it under another name. */
function isRight(
  { snapshot, now }: FactSources,
  { targets, isKnown }: { targets: string[]; isKnown: boolean },
): boolean | null {
  const state = leaderStateOf(snapshot, now)
  if (state.kind !== 'working' || snapshot.isStandbyCluster || !isKnown) return null
  return targets.length === 1 && targets[0] === state.member.name
}
