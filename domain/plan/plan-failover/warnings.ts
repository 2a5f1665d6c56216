import { defaultMaximumLagBytes } from '#domain/judgement/candidate-fitness.ts'
import { judgeCandidates } from '#domain/judgement/candidates.ts'
import { forAge, formatBytes, formatByteCount } from '#domain/format.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'
import { isSyncActive, isVoter } from '#domain/snapshot/synchronous-mode.ts'
import { listNames } from '#domain/words.ts'
import { failoverLoss } from './loss.ts'
import type { FailoverPlanning } from './planning.ts'
import { shortOf } from './position.ts'

/** What makes it a risk: told before it is confirmed, and not in the way. */
export function failoverWarnings(given: FailoverPlanning): string[] {
  const loss = failoverLoss(given)
  return [
    ...(loss === null || loss.isNothing ? [] : [loss.sentence]),
    ...splitBrainRisk(given),
    ...betterOnes(given),
    ...candidateWarnings(given),
    ...clusterWarnings(given),
  ]
}

/** Who led last and may still take writes where nobody here sees it; null where that is known. */
export function mayStillWrite({ snapshot, wish, formerLeader }: FailoverPlanning): MemberSnapshot | null {
  if (snapshot.isStandbyCluster || formerLeader === wish.candidate) return null
  const former = snapshot.members.find(({ name }) => name === formerLeader)
  if (!former || !isGone(former.problem, wish.now)) return null
  const isKnown = former.postgresProblem ? former.postgresProblem.kind === 'refused' : former.isWritable === false
  return isKnown ? null : former
}

function splitBrainRisk(given: FailoverPlanning): string[] {
  const { snapshot, wish, formerLeader } = given
  if (formerLeader === null && !snapshot.isStandbyCluster) {
    return [
      'Who led last is not known, so nobody here can say whether it still takes writes. Make sure that it does not.',
    ]
  }
  const former = mayStillWrite(given)
  if (former === null) return []
  const who = snapshot.pause
    ? 'Patroni is paused, so nobody stops it'
    : 'Patroni stops it only where that still runs there'
  return [
    `Split brain: whether ${former.name} still takes writes cannot be seen, for it has not answered${forAge(former.problem?.since, wish.now)}. ${who}. Make sure that its machine or its Postgres is off, or that no client reaches it: two members that take writes cannot be joined again.`,
  ]
}

/** Members that answer and hold more. */
function betterOnes({ snapshot, wish, candidates }: FailoverPlanning): string[] {
  const chosen = snapshot.members.find(({ name }) => name === wish.candidate)
  const short = chosen ? shortOf(chosen, snapshot) : null
  if (!chosen || short === null) return []
  return candidates
    .filter(({ name, isFit, lagBytes }) => isFit && name !== chosen.name && lagBytes !== null && lagBytes < short)
    .map(
      ({ name, lagBytes }) =>
        `${name} holds ${formatByteCount(short - (lagBytes ?? 0))} more than ${chosen.name}: with it less would be lost, and otherwise it has to be rewound or copied anew.`,
    )
}

function candidateWarnings({ snapshot, wish, candidates }: FailoverPlanning): string[] {
  const member = snapshot.members.find(({ name }) => name === wish.candidate)
  const judged = candidates.find(({ name }) => name === wish.candidate)
  if (!member || !judged?.isFit) return []
  const { name, replayLag, pendingRestart } = member
  const warnings: string[] = []
  if (judged.lagBytes !== null && judged.lagBytes > allowed(snapshot)) {
    warnings.push(
      `Patroni would not elect ${name} by itself: it is more than maximum_lag_on_failover (${formatBytes(allowed(snapshot))}) behind.`,
    )
  }
  if (isSyncActive(snapshot) && !isVoter(member, snapshot)) {
    warnings.push(
      `${name} is not a synchronous standby: transactions that were confirmed to clients may be lost, which synchronous mode is there to prevent.`,
    )
  }
  if (typeof replayLag === 'number' && replayLag > 67_108_864 && !snapshot.isStandbyCluster) {
    warnings.push(`${name} has ${formatBytes(replayLag)} to replay before it takes writes.`)
  }
  if (pendingRestart) warnings.push(`${name} waits for a restart; it will lead with its old settings until then.`)
  return warnings
}

function clusterWarnings({ snapshot, wish, leader, lead }: FailoverPlanning): string[] {
  const warnings: string[] = []
  if (leader !== null) {
    warnings.push(
      `${leader} still holds the leader key: its Patroni carries this out, stops its Postgres, and may refuse. Its log then says why.`,
    )
  }
  if (lead.kind === 'none' && !snapshot.pause) {
    const heirs = judgeCandidates(snapshot, wish.now, 'failover').filter(({ isFit }) => isFit)
    if (heirs.length > 0) {
      const names = heirs.map(({ name }) => name)
      warnings.push(
        `Patroni is not paused, and ${listNames(names, 'or')} could take the lead by itself at any moment, normally within seconds.`,
      )
    }
  }
  if (snapshot.pause) warnings.push('Patroni is paused: if the new leader failed, nobody would take over by itself.')
  if (snapshot.config?.synchronousModeStrict && isSyncActive(snapshot)) {
    warnings.push('Strict synchronous mode: writes wait until a synchronous standby follows the new leader.')
  }
  if (snapshot.scheduledSwitchover) warnings.push('A switchover is scheduled as well. This takes its place.')
  return warnings
}

function allowed(snapshot: Snapshot): number {
  return snapshot.config?.maximumLagOnFailoverBytes ?? defaultMaximumLagBytes
}
