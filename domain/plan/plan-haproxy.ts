import { backendRole } from '#domain/snapshot/backend-role.ts'
import { leaderTimelineOf } from '#domain/judgement/candidate-fitness.ts'
import { formatAge } from '#domain/format.ts'
import type { HaproxyPlan, HaproxyWish } from './haproxy-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { HaproxyServer } from '#domain/stack/haproxy-detail.ts'
import { isOnlyTaker, isOnlyWriter, serverIn } from '#domain/stack/only-writer.ts'
import type { StackView } from '#domain/stack/stack-view.ts'

/** What is known when a server behind HAProxy is to be drained or put back. */
export interface HaproxyKnown {
  snapshot: Snapshot
  /** Null = the layers were never looked at. */
  stack: StackView | null
}

/** What a drain or its end would do, as of the newest look at HAProxy, and what stands in its way. */
export function planHaproxy({ snapshot, stack }: HaproxyKnown, wish: HaproxyWish, now: Date): HaproxyPlan {
  const { act, proxy, server } = wish
  const detail = stack?.haproxy?.value ?? null
  const found = detail && serverIn(detail, wish)
  return {
    version: 1,
    kind: 'haproxy-command',
    clusterId: snapshot.clusterId,
    clusterName: snapshot.clusterName,
    leader: snapshot.leader?.name ?? '',
    timeline: leaderTimelineOf(snapshot),
    systemIdentifier: snapshot.systemIdentifier,
    act,
    proxy,
    server,
    aim: `${proxy}/${server} of HAProxy`,
    confirm: act === 'drain' && detail ? confirmOf(snapshot, wish, isOnlyWriter(detail, wish)) : null,
    snapshotVersion: snapshot.version,
    madeAt: now,
    sentences: [...(act === 'drain' ? drainSentences(wish, found) : readySentences(wish, found)), ...always],
    blockers: blockersOf({ snapshot, stack }, wish, found),
    warnings: [
      ...(stack?.haproxy?.problem && stack.haproxy.seenAt
        ? [
            `HAProxy has not told anything for ${formatAge(stack.haproxy.seenAt, now)}: ${stack.haproxy.problem.sentence}`,
          ]
        : []),
      ...(act === 'drain' && detail ? outages(wish, detail) : []),
    ],
    pointOfNoReturn: '',
  }
}

/** What is typed before a drain takes writes away, or may: who drains the only server that gets them names it. */
function confirmOf({ clusterName }: Snapshot, { proxy, server }: HaproxyWish, isOnly: boolean): string | null {
  if (isOnly) return `${proxy}/${server}`
  return backendRole(proxy) === 'primary' ? clusterName : null
}

function drainSentences({ proxy, server }: HaproxyWish, found: HaproxyServer | null): string[] {
  const { sessions = null } = found ?? {}
  const stays =
    sessions === null || sessions === 0
      ? 'Sessions that it has stay until their clients end them.'
      : `The ${sessions} ${sessions === 1 ? 'session' : 'sessions'} that it has stay until their clients end them.`
  return [
    `HAProxy gives ${server} no new connections from ${proxy}. It goes on checking it.`,
    stays,
    `It gets new connections again when it is made ready, not by itself.`,
  ]
}

function readySentences({ proxy, server }: HaproxyWish, found: HaproxyServer | null): string[] {
  const isUp = found === null || !found.status.startsWith('DOWN')
  return [`HAProxy gives ${server} new connections from ${proxy} again${isUp ? '' : ', as soon as its checks pass'}.`]
}

const always = [
  'It is done on the one HAProxy that the console knows: where there are several, do it on each of the others too.',
  'HAProxy forgets it when it is reloaded or started anew.',
]

function outages(wish: HaproxyWish, detail: Parameters<typeof isOnlyWriter>[0]): string[] {
  const { proxy, server } = wish
  if (isOnlyWriter(detail, wish)) {
    return [
      `${server} is the only server that takes connections in ${proxy}: nobody can open a connection for writes until it is ready again. To move the lead, switch over instead.`,
    ]
  }
  if (!isOnlyTaker(detail, wish)) return []
  return [`${server} is the only server that takes connections in ${proxy}: nobody gets a new one there then.`]
}

function blockersOf({ snapshot, stack }: HaproxyKnown, wish: HaproxyWish, found: HaproxyServer | null): string[] {
  const { clusterName } = snapshot
  if (stack === null) return [`The console has not looked at HAProxy of ${clusterName} yet. Wait a few seconds.`]
  if (stack.haproxy === null)
    return [`The console was told of no HAProxy of ${clusterName}: name its statistics page in the settings.`]
  if (stack.haproxy.value === null)
    return [`HAProxy has not answered yet: ${stack.haproxy.problem?.sentence ?? 'wait a few seconds.'}`]
  if (found === null) return [`HAProxy has no server ${wish.server} in ${wish.proxy}.`]
  if (found.admin === 'maint') {
    return [
      `${wish.server} is in maintenance in ${wish.proxy}: somebody, or HAProxy's configuration, took it out. Whoever did puts it back.`,
    ]
  }
  // Of a server that is down the statistics do not tell whether it is drained.
  if (wish.act === 'ready' && found.isUp && found.admin === 'ready')
    return [`${wish.server} is not drained in ${wish.proxy}.`]
  if (wish.act === 'drain' && found.admin === 'drain') return [`${wish.server} is drained in ${wish.proxy} already.`]
  if (wish.act === 'drain' && !found.isUp)
    return [`${wish.server} is down in ${wish.proxy}: it gets no new connections as it is.`]
  return []
}
