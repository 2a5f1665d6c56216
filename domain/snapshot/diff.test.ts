import { describe, expect, test } from 'vitest'
import { diff } from './diff.ts'
import type { EventKind } from '#domain/event.ts'
import { afterTakeover, dead, withMember } from '#domain/testing/change.ts'
import { followAll, followKept } from '#domain/testing/follow.ts'
import { baseLsn, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const ago = (seconds: number): Date => secondsBefore(noon, seconds)
const timeout = (seconds: number) => ({ rest: { problem: 'timeout' as const, since: ago(seconds) } })

/** Kinds of the events of each step after the first, the change of verdict left out. */
function told(...worlds: World[]): EventKind[][] {
  const snapshots = followAll(...worlds)
  return snapshots
    .slice(1)
    .map((next, index) =>
      diff(snapshots[index] ?? null, next).flatMap(({ kind }) => (kind === 'verdict-changed' ? [] : [kind])),
    )
}

function sentences(...worlds: World[]): string[] {
  const snapshots = followAll(...worlds)
  return snapshots
    .slice(1)
    .flatMap((next, index) => diff(snapshots[index] ?? null, next).map(({ sentence }) => sentence))
}

describe('a member that does not answer', () => {
  const silent = (at: Date): World => withMember(healthyWorld(at), 'pg-node-2', timeout(8))

  test('is told once, and once when it answers again', () => {
    expect(told(healthyWorld(ago(10)), silent(ago(4)), silent(ago(2)), healthyWorld(noon))).toEqual([
      ['member-unreachable'],
      [],
      ['member-reachable'],
    ])
  })

  test('for one look is nothing', () => {
    const hiccup = withMember(healthyWorld(ago(8)), 'pg-node-2', timeout(8))
    expect(told(healthyWorld(ago(10)), hiccup, healthyWorld(noon))).toEqual([[], []])
  })

  test('for one look and nothing since for 5 s is told', () => {
    const [before, hiccup] = followAll(healthyWorld(ago(10)), withMember(healthyWorld(ago(8)), 'pg-node-2', timeout(8)))
    if (!before || !hiccup) throw new Error('Two worlds make two snapshots.')
    const later = { ...hiccup, version: hiccup.version + 1, takenAt: ago(3) }
    expect(diff(hiccup, later).map(({ kind }) => kind)).toContain('member-unreachable')
  })

  test('is told with the time at which it fell silent', () => {
    const [before, after] = followAll(healthyWorld(ago(10)), silent(noon))
    const events = before && after ? diff(before, after) : []
    expect(events.find(({ kind }) => kind === 'member-unreachable')).toMatchObject({
      at: ago(8),
      member: 'pg-node-2',
      from: 'answering',
      to: 'timeout',
      sources: ['patroni pg-node-2'],
    })
  })
})

describe('a console that loses its way', () => {
  const blind = (at: Date): World => ({
    ...healthyWorld(at),
    etcd: { problem: 'timeout', since: ago(20) },
    haproxy: { problem: 'timeout', since: ago(20) },
    members: healthyWorld(at).members.map((member) => ({ ...member, ...timeout(20), sql: timeout(20).rest })),
  })

  test('tells that alone, and that it is back', () => {
    expect(told(healthyWorld(ago(22)), blind(ago(10)), blind(ago(5)), healthyWorld(noon))).toEqual([
      ['console-blind'],
      [],
      ['console-sees'],
    ])
  })

  test('tells afterwards who is still away, once', () => {
    const still = withMember(healthyWorld(noon), 'pg-node-2', timeout(20))
    expect(told(healthyWorld(ago(22)), blind(ago(10)), still)).toEqual([
      ['console-blind'],
      ['member-unreachable', 'console-sees'],
    ])
  })

  test('does not tell again of who was away before', () => {
    const away = (at: Date): World => withMember(healthyWorld(at), 'pg-node-2', timeout(300))
    const blinded = withMember(blind(ago(10)), 'pg-node-2', timeout(300))
    expect(told(away(ago(22)), blinded, away(noon))).toEqual([['console-blind'], ['console-sees']])
    expect(told(away(ago(22)), blinded, healthyWorld(noon))).toEqual([
      ['console-blind'],
      ['member-reachable', 'console-sees'],
    ])
  })
})

describe('a lag', () => {
  const behind = (at: Date, bytes: number): World => {
    const ahead = healthyWorld(at).members.map((member) => ({
      ...member,
      lsn: baseLsn + bytes,
      replayedLsn: baseLsn + bytes,
    }))
    return withMember({ ...healthyWorld(at), optimeLsn: baseLsn + bytes, members: ahead }, 'pg-node-1', {
      lsn: baseLsn,
      replayedLsn: baseLsn,
    })
  }

  const looks = (...lags: [number, number][]): World[] => lags.map(([seconds, bytes]) => behind(ago(seconds), bytes))

  test('past what a takeover allows is told once it lasts, and once when it has lastingly halved', () => {
    const lags = looks(
      [40, 1_000_000],
      [38, 1_100_000],
      [34, 1_200_000],
      [30, 1_100_000],
      [26, 900_000],
      [22, 500_000],
      [18, 900_000],
      [14, 500_000],
      [8, 400_000],
    )
    expect(told(...lags)).toEqual([[], [], ['replica-lagging'], [], [], [], [], ['replica-caught-up']])
  })

  test('is followed by a worker that begins anew at any time as by one that goes on', () => {
    const lags = looks([40, 0], [38, 1_100_000], [34, 1_200_000], [30, 900_000], [18, 500_000], [8, 400_000])
    expect(followKept(...lags)).toEqual(followAll(...lags))
  })

  test('that passes within seconds, even again and again, is not told', () => {
    const lags = looks([40, 0], [38, 48_000_000], [36, 0], [30, 0], [28, 48_000_000], [22, 0], [20, 48_000_000])
    expect(told(...lags).flat()).toEqual([])
  })

  test('reads as history', () => {
    expect(
      sentences(...looks([54, 0], [50, 48_000_000], [40, 48_000_000], [10, 0])).filter((text) => !text.includes('was')),
    ).toEqual([
      'pg-node-1 fell 48 MB behind, more than a takeover allows.',
      'pg-node-1 caught up after 40 s: 0 B behind.',
    ])
  })
})

describe('a change of leader', () => {
  test('reads as history', () => {
    expect(sentences(healthyWorld(ago(10)), afterTakeover(healthyWorld(noon), 5))[0]).toBe(
      'pg-node-1 took the lead from pg-node-3 on timeline 5.',
    )
  })

  test('after a time without one says for how long there was none', () => {
    const none: World = { ...healthyWorld(ago(10)), leader: null, leaderChangedAt: ago(10) }
    const texts = sentences(healthyWorld(ago(12)), none, afterTakeover(healthyWorld(noon), 3))
    expect(texts).toContain('pg-node-3 lost the lead; nobody holds it.')
    expect(texts).toContain('pg-node-1 took the lead from pg-node-3 on timeline 5, 7 s after it was lost.')
  })

  test('to the same member is told as such', () => {
    const none: World = { ...healthyWorld(ago(10)), leader: null, leaderChangedAt: ago(10) }
    const back = { ...healthyWorld(noon), leaderChangedAt: ago(8) }
    expect(sentences(healthyWorld(ago(12)), none, back)).toContain(
      'pg-node-3 took the lead again, 2 s after it was lost.',
    )
  })

  test('is none when the console only looks through other eyes', () => {
    expect(told(healthyWorld(ago(2)), { ...healthyWorld(noon), etcd: 'none' })).toEqual([[]])
  })

  test('tells when the new leader takes writes, once', () => {
    const readOnly = withMember(afterTakeover(healthyWorld(ago(4)), 1), 'pg-node-1', {
      postgres: 'standby',
      timeline: 4,
    })
    const steps = told(
      healthyWorld(ago(6)),
      readOnly,
      afterTakeover(healthyWorld(ago(2)), 3),
      afterTakeover(healthyWorld(noon), 5),
    )
    expect(steps.map((kinds) => kinds.filter((kind) => /leader|timeline-changed/.test(kind)))).toEqual([
      ['leader-changed'],
      ['leader-writable', 'timeline-changed'],
      [],
    ])
  })
})

describe('a leader', () => {
  test('that cannot be asked for a while is not told as read-only', () => {
    const silent = { ...withMember(healthyWorld(ago(5)), 'pg-node-3', timeout(8)), hasSql: false }
    const kinds = told({ ...healthyWorld(ago(10)), hasSql: false }, silent, {
      ...healthyWorld(noon),
      hasSql: false,
    }).flat()
    expect(kinds).toEqual(['member-unreachable', 'member-reachable'])
  })

  test('that stops taking writes and takes them again is told both times', () => {
    const readOnly = withMember(healthyWorld(ago(5)), 'pg-node-3', { postgres: null, state: 'stopped' })
    const kinds = told(healthyWorld(ago(10)), { ...readOnly, hasSql: false }, healthyWorld(noon)).flat()
    expect(kinds).toEqual(['leader-not-writable', 'state-changed', 'leader-writable', 'state-changed'])
  })
})

test('a replica that is started again is told when it runs, not when it begins to', () => {
  const node2 = (seconds: number, state: string): World =>
    withMember(
      healthyWorld(ago(seconds)),
      'pg-node-2',
      state === 'running' ? { state, streamsFrom: null } : { state, postgres: null },
    )
  const kinds = told(node2(8, 'stopped'), node2(6, 'starting'), node2(4, 'running'), healthyWorld(noon))
  expect(kinds).toEqual([[], ['state-changed'], ['state-changed']])
})

test('a member that goes and comes back is told with how long it was away', () => {
  const gone = withMember(healthyWorld(ago(245)), 'pg-node-2', dead(ago(270), false))
  expect(sentences(healthyWorld(ago(300)), gone, healthyWorld(noon))).toEqual(
    expect.arrayContaining(['pg-node-2 is gone: the DCS no longer lists it.', 'pg-node-2 is back after 4 min.']),
  )
})

test('a new member is told, the same one under its address before is not', () => {
  const two = { ...healthyWorld(ago(4)), members: healthyWorld(ago(4)).members.slice(1) }
  expect(told(two, healthyWorld(noon))).toEqual([['member-joined']])
})

test('the first answers of a cluster never seen before are no changes', () => {
  const never: World = {
    ...healthyWorld(ago(4)),
    etcd: 'none',
    wasEverSeen: false,
    members: healthyWorld(ago(4)).members.map((member) => ({ ...member, ...timeout(30) })),
  }
  expect(told(never, healthyWorld(noon))).toEqual([['console-sees']])
})

test('changed settings are told by their names in Patroni', () => {
  const faster = { ...healthyWorld(noon), config: { ...healthyWorld(noon).config, ttlSeconds: 20, loopWaitSeconds: 5 } }
  expect(sentences(healthyWorld(ago(2)), faster)).toEqual([
    'The configuration changed: ttl from 30 to 20, loop_wait from 10 to 5.',
  ])
})

test('a pause and its end are told by the pause alone', () => {
  const paused: World = { ...healthyWorld(ago(60)), config: { ...healthyWorld(noon).config, pause: true } }
  expect(told(healthyWorld(ago(62)), paused, healthyWorld(noon))).toEqual([['paused'], ['resumed']])
})

test('a schedule, its change and its end are told', () => {
  const scheduled = (at: Date, hour: number): World => ({
    ...healthyWorld(at),
    scheduledSwitchover: { at: new Date(Date.UTC(2026, 10, 24, hour)), from: 'pg-node-3', to: null },
  })
  expect(told(healthyWorld(ago(6)), scheduled(ago(4), 2), scheduled(ago(2), 3), healthyWorld(noon))).toEqual([
    ['switchover-scheduled'],
    ['switchover-unscheduled', 'switchover-scheduled'],
    ['switchover-unscheduled'],
  ])
})

test('the verdict is told when its level changes, after what changed it', () => {
  const gone = withMember(healthyWorld(noon), 'pg-node-2', dead(ago(30), false))
  const snapshots = followAll(healthyWorld(ago(2)), gone)
  const last = snapshots[0] && snapshots[1] ? diff(snapshots[0], snapshots[1]).at(-1) : null
  expect(last).toMatchObject({ kind: 'verdict-changed', from: 'healthy', to: 'degraded', severity: 'warning' })
})
