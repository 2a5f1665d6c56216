import { expect, test } from 'vitest'
import { planSignal } from './plan-signal.ts'
import type { SignalWish } from './signal-plan.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import type { BlockedSession, PostgresDetail, Session } from '#domain/stack/postgres-detail.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { madePooler, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'

const now = new Date('2026-11-26T06:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const backendStart = new Date('2026-11-26T05:00:00.123Z')
const wish: SignalWish = { act: 'terminate', member: 'pg-node-2', pid: 4_711, backendStart }

const holder: Session = {
  pid: 4_711,
  backendStart,
  user: 'shop',
  database: 'app',
  application: 'checkout',
  address: '10.0.1.12',
  state: 'idle in transaction',
  waitEvent: null,
  transactionSeconds: 240,
  querySeconds: 240,
  stateSeconds: 240,
  query: "update cards set number = '4111'",
}

function waiting(pid: number, blockedBy: number | null): BlockedSession {
  const { user, database, application, transactionSeconds } = holder
  const said = { user, database, application, transactionSeconds, state: 'active', waitEvent: null, query: '' }
  return { depth: 1, pid, blockedBy, backendStart, ...said }
}

function stack(change: Partial<PostgresDetail> | null, pooler: PoolerDetail = madePooler()): StackView {
  const seen = { seenAt: now, problem: null }
  const postgres = change && { ...seen, value: madePostgres(change) }
  return {
    takenAt: now,
    members: [{ name: 'pg-node-2', postgres, pooler: { ...seen, value: pooler } }],
    haproxy: null,
    etcd: null,
  }
}

test('a plan says whose session it is, who waits for it and what its client sees, but not what it runs', () => {
  const servers = [
    {
      user: 'shop',
      database: 'app',
      state: 'active',
      address: '127.0.0.1',
      port: 5432,
      backendPid: 4_711,
      closeNeeded: false,
    },
  ]
  const blocked = [waiting(4_711, null), waiting(5, 4_711), waiting(6, 5), waiting(7, 99)]
  const plan = planSignal(
    { snapshot, stack: stack({ longSessions: [holder], blocked }, madePooler({ servers })) },
    wish,
    now,
  )
  expect(plan.blockers).toEqual([])
  expect(plan.warnings).toEqual([])
  expect(plan.session).toMatchObject({ holdsUp: [5, 6], poolerOn: 'pg-node-2' })
  expect(plan.sentences).toEqual([
    'It is the session of shop in app through checkout on pg-node-2, pid 4711: idle in transaction, its transaction open for 4 min.',
    expect.stringContaining('rolled back'),
    'The 2 sessions that wait for it can go on then.',
    expect.stringContaining('"server conn crashed?"'),
    expect.stringContaining('2026-11-26T05:00:00.123Z'),
  ])
  expect(JSON.stringify(plan)).not.toContain('4111')
})

test('a cancel of an idle session is said to do nothing', () => {
  const plan = planSignal({ snapshot, stack: stack({ longSessions: [holder] }) }, { ...wish, act: 'cancel' }, now)
  expect(plan.warnings).toEqual([expect.stringContaining('Terminate it.')])
})

test('a session of the same pid that began at another moment is not taken for it', () => {
  const later = { ...holder, backendStart: new Date(backendStart.getTime() + 1) }
  const plan = planSignal({ snapshot, stack: stack({ longSessions: [later] }) }, wish, now)
  expect(plan.session).toBeNull()
  expect(plan.warnings).toEqual([expect.stringContaining('it may have ended')])
})

test('where nobody can be asked, it is in the way', () => {
  expect(planSignal({ snapshot, stack: stack(null) }, wish, now).blockers).toEqual([
    expect.stringContaining('no user for Postgres on pg-node-2'),
  ])
  expect(planSignal({ snapshot, stack: null }, { ...wish, member: 'pg-node-9' }, now).blockers).toEqual([
    'postgres-cluster has no member pg-node-9.',
  ])
})
