import type { FindingKind } from '#domain/judgement/finding.ts'
import { summarise } from '#domain/fleet/fleet-row.ts'
import { leaderStateOf, type LeaderState } from '#domain/judgement/leader-state.ts'
import { isLongGone } from '#domain/snapshot/long-gone.ts'
import { answers, isRunning } from '#domain/snapshot/reachability.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { Facts } from './names.ts'
import { type FactSources, secondsSince, sees } from './sources.ts'

type Names =
  | 'hasLeader'
  | 'leader'
  | 'leaderWorks'
  | 'isSplitBrain'
  | 'hasUnmanagedPrimary'
  | 'level'
  | 'membersKnown'
  | 'membersRunning'
  | 'candidates'
  | 'forecast'
  | 'worstLagBytes'
  | 'isPaused'
  | 'pausedSeconds'
  | 'isFailsafeActive'
  | 'leaderChanges'
  | 'leaderChangedSeconds'
  | 'lacksSyncStandby'
  | 'identifiersDiffer'
  | 'isStandbyCluster'

/** How it stands with the lead; nothing of it is known where the console does not see. */
export function leadershipFacts(sources: FactSources): Pick<Facts<'cluster'>, Names> {
  const { snapshot, assessment, sight, now } = sources
  const { forecast, verdict } = assessment
  const isSeen = sees(sight)
  const isClear = sight === 'clear'
  const state = leaderStateOf(snapshot, now)
  const found = (kind: FindingKind) => isFound(sources, kind)
  const seen = <T>(value: T) => (isSeen ? value : null)
  const clear = <T>(value: T) => (isClear ? value : null)
  const known = snapshot.members.filter((member) => !isLongGone(member, now))
  const running = known.filter((member) => answers(member, now) && isRunning(member)).length
  const hasSilent = known.some((member) => !answers(member, now) && member.isListed)
  const isForeseen = forecast.outcome !== 'unsure'
  const endings = snapshot.history.flatMap(({ endedAt }) => endedAt ?? [])
  const lately = endings.filter((at) => now.getTime() - at.getTime() <= 30 * 60_000 && at <= now)
  return {
    ...leadOf(state),
    leader: seen(snapshot.leader?.name ?? snapshot.formerLeader),
    isSplitBrain: found('split-brain'),
    hasUnmanagedPrimary: found('unmanaged-primary'),
    level: levels[verdict.level],
    membersKnown: seen(known.length),
    membersRunning: isSeen && !hasSilent ? running : null,
    candidates: isClear && isForeseen ? forecast.candidates.filter(({ isFit }) => isFit).length : null,
    forecast: isClear && forecast.outcome !== 'unsure' ? forecast.outcome : null,
    worstLagBytes: clear(summarise(snapshot, assessment).worstLagBytes),
    isPaused: seen(snapshot.pause !== null),
    pausedSeconds: seen(secondsSince(snapshot.pause?.since ?? null, now) ?? 0),
    isFailsafeActive: seen(snapshot.failsafeActive),
    leaderChanges: clear(lately.length),
    leaderChangedSeconds: clear(secondsSince(endings.at(-1) ?? null, now)),
    lacksSyncStandby: found('sync-standby-missing'),
    identifiersDiffer: found('system-identifier-differs'),
    isStandbyCluster: seen(snapshot.isStandbyCluster),
  }
}

/** Whether it is found; what is found is so, and what is not found is not so only where it could be seen. */
function isFound({ assessment, sight }: FactSources, kind: FindingKind): boolean | null {
  if (!sees(sight)) return null
  if (assessment.findings.some((finding) => finding.kind === kind)) return true
  return sight === 'clear' ? false : null
}

function leadOf(state: LeaderState): { hasLeader: boolean | null; leaderWorks: boolean | null } {
  switch (state.kind) {
    case 'unknown':
      return { hasLeader: null, leaderWorks: null }
    case 'none':
      return { hasLeader: false, leaderWorks: state.writer !== null }
    case 'no-dcs':
      return { hasLeader: state.writer !== null, leaderWorks: state.writer !== null }
    case 'working':
    case 'unmanaged':
      return { hasLeader: true, leaderWorks: true }
    case 'promoting':
    case 'read-only':
    case 'not-running':
      return { hasLeader: true, leaderWorks: false }
    case 'silent':
      return { hasLeader: true, leaderWorks: state.isPostgresGone ? false : null }
    case 'unreached':
      return { hasLeader: true, leaderWorks: null }
  }
}

const levels = { healthy: 0, degraded: 1, 'at-risk': 2, down: 3, unseen: 4 } as const satisfies Record<
  VerdictLevel,
  number
>
