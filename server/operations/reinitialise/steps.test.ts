import { expect, test } from 'vitest'
import { planReinitialise } from '#domain/plan/plan-reinitialise.ts'
import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { withMember } from '#domain/testing/change.ts'
import { healthyWorld, type World } from '#domain/testing/world.ts'
import type { ReinitialiseReply } from '#server/adapters/patroni/reinitialise.ts'
import type { Facts } from '../define.ts'
import { stageOf } from '../testing/step-context.ts'
import { ask, probe } from './ask.ts'
import type { ReinitialiseContext } from './context.ts'
import { sightOfCopy } from './copy-sight.ts'
import { follow } from './follow.ts'
import { whatCameOf } from './what-came-of.ts'

const member = 'pg-node-1'
const url = 'http://10.0.1.10:8008'
const started = new Date('2026-11-24T08:00:00Z')

/** The steps on a make-believe cluster; `reply` is what Patroni answers, `statuses` what it says of itself then. */
async function stage(
  given: {
    reply?: ReinitialiseReply
    statuses?: Partial<PatroniStatus>[]
    facts?: Facts
    world?: () => World
    force?: boolean
    stoppedBy?: string
  } = {},
) {
  const now = () => new Date()
  const world = given.world ?? (() => healthyWorld(now()))
  const wish = { kind: 'switchover', candidate: member, scheduledAt: null } as const
  const facts = { checkedAt: now(), ...given.facts }
  const base = stageOf({ wish, world, urls: { [member]: url }, facts })
  const snapshot = await base.context.cluster.snapshot()
  if (snapshot === null) throw new Error('Nothing is seen.')
  const plan = planReinitialise(
    { snapshot, agents: [], stack: null, backup: null },
    { member, force: given.force ?? false },
    now(),
  )
  const sent: { url: string; force: boolean }[] = []
  const statuses = [...(given.statuses ?? [])]
  const context: ReinitialiseContext = {
    ...base.context,
    operation: { ...base.context.operation, plan },
    cluster: {
      ...base.context.cluster,
      patroni: {
        ...base.context.cluster.patroni,
        reinitialise(to, { force }) {
          sent.push({ url: to, force })
          return Promise.resolve(given.reply ?? { kind: 'started' })
        },
        async status(of) {
          const next = statuses.length > 1 ? statuses.shift() : statuses[0]
          expect(of).toBe(url)
          return { ...(await Promise.resolve(bareStatus)), ...next }
        },
      },
    },
    cancelAskedBy: () => Promise.resolve(given.stoppedBy ?? null),
  }
  return { context, facts: base.facts, lines: base.lines, sent, snapshot }
}

const bareStatus: PatroniStatus = {
  name: member,
  scope: 'postgres-cluster',
  patroniVersion: '3.0.2',
  state: 'running',
  role: 'replica',
  serverVersion: 150_000,
  postmasterStartedAt: null,
  timeline: 4,
  wal: null,
  replicationState: null,
  replication: [],
  syncStandby: false,
  quorumStandby: false,
  pause: false,
  clusterUnlocked: false,
  failsafeActive: false,
  watchdogFailed: false,
  dcsLastSeenAt: null,
  systemIdentifier: null,
  tags: {},
  pendingRestart: false,
  pendingRestartReason: {},
  scheduledRestartAt: null,
}

test('the request goes to the member once, and what Patroni says of it is told', async () => {
  const { context, sent, facts } = await stage()
  expect(await ask(context)).toEqual({ kind: 'done', detail: 'Patroni on pg-node-1 began.' })
  expect(sent).toEqual([{ url, force: false }])
  expect(facts).toMatchObject({ sends: 1, askedAt: expect.any(Date) })
})

test.each<[string, boolean, ReinitialiseReply, string]>([
  [
    'at work on something else',
    false,
    { kind: 'busy', with: 'reinitialize', sentence: 'Patroni refused: it is at work on "reinitialize".' },
    'Nothing was deleted. Wait for its end, or ask again with force',
  ],
  [
    'at work again in spite of force',
    true,
    { kind: 'busy', with: 'reinitialize', sentence: 'Patroni refused: it is at work on "reinitialize".' },
    'What it was at work on before was ended',
  ],
  ['unwilling', false, { kind: 'refused', status: 503, sentence: 'It leads.' }, 'It leads. Nothing was deleted.'],
])('a Patroni that is %s has refused', async (_, force, reply, words) => {
  const { context } = await stage({ reply, force })
  expect(await ask(context)).toMatchObject({ kind: 'refused', detail: expect.stringContaining(words) })
})

test('nobody is asked whose address no person configured', async () => {
  const { context, sent } = await stage()
  const cluster = { ...context.cluster, trustedOrigins: [] }
  expect(await ask({ ...context, cluster })).toMatchObject({ kind: 'refused' })
  expect(sent).toEqual([])
})

test('nothing is sent where another member answers at the address', async () => {
  const { context, sent } = await stage({ statuses: [{ name: 'pg-node-2' }] })
  expect(await ask(context)).toMatchObject({ kind: 'refused', detail: expect.stringContaining('answers pg-node-2') })
  expect(sent).toEqual([])
})

test('whoever takes over sends it where nothing was sent, and never again', async () => {
  expect(await probe((await stage()).context)).toEqual({ kind: 'not-done' })
  const statuses = [{ state: 'creating replica', postmasterStartedAt: null }]
  const { context, sent } = await stage({ facts: { sends: 1 }, statuses })
  expect(await probe(context)).toMatchObject({ kind: 'done', detail: expect.stringContaining('took the request') })
  expect(sent).toEqual([])
})

test.each<[string, Pick<PatroniStatus, 'state' | 'postmasterStartedAt'>, string, string]>([
  ['copies', { state: 'creating replica', postmasterStartedAt: null }, 'done', 'is copying'],
  ['runs as before', { state: 'streaming', postmasterStartedAt: started }, 'failed', 'nothing was deleted'],
  [
    'was started since',
    { state: 'streaming', postmasterStartedAt: new Date('2026-11-24T09:00:00Z') },
    'unknown',
    'was started at 2026-11-24 09:00:00 UTC, which a copy does and a restart as well',
  ],
  ['stands still', { state: 'stopped', postmasterStartedAt: null }, 'unknown', 'it is stopped'],
])('of a lost answer, a member that %s tells what came', async (_, status, kind, words) => {
  const { context } = await stage({ statuses: [status], facts: { oldStartedAt: started } })
  const came = await whatCameOf(context, url, 'The answer was lost.', 1_200)
  expect(came).toMatchObject({ kind, detail: expect.stringContaining(words) })
})

const asked = new Date('2026-11-24T12:00:00Z')

function seen(snapshot: Snapshot, change: Partial<Snapshot['members'][number]>): Snapshot {
  const members = snapshot.members.map((each) => (each.name === member ? { ...each, ...change } : each))
  return { ...snapshot, members }
}

test.each<[string, Partial<Snapshot['members'][number]>, boolean, object]>([
  ['of before the request', { seenAt: asked }, false, { kind: 'unseen' }],
  ['of the old Postgres, which streams on', {}, false, { kind: 'other', words: 'still streams' }],
  ['of the copy', { state: 'creating replica' }, false, { kind: 'copying' }],
  ['of a start', { state: 'starting' }, true, { kind: 'passing' }],
  ['of a new Postgres that streams', { postmasterStartedAt: asked }, false, { kind: 'streams', leader: 'pg-node-3' }],
  ['of another timeline', { timeline: 3 }, true, { kind: 'other', words: 'streams on timeline 3' }],
  ['of a start that failed', { state: 'start failed', streamsFrom: null }, true, { kind: 'other' }],
])('a look %s', async (_, change, wasNew, sight) => {
  const { snapshot } = await stage()
  const at = new Date(asked.getTime() + 1_000)
  const given = seen(snapshot, { seenAt: at, postmasterStartedAt: started, state: 'streaming', ...change })
  expect(sightOfCopy(given, member, { oldStartedAt: started, askedAt: asked }, { wasNew, now: at })).toMatchObject(
    sight,
  )
})

const pace = { pollMs: 5, copyingMs: 60_000, idleMs: 60_000 }

test('each state is told as it comes, a copy that begins again with its count', async () => {
  const states = ['creating replica', 'stopped', 'creating replica', 'starting', 'streaming']
  let look = 0
  const world = () => {
    const state = states[Math.min(Math.floor(look++ / 3), states.length - 1)] ?? ''
    const base = healthyWorld(new Date())
    return state === 'streaming' ? base : withMember(base, member, { state, postgres: null, streamsFrom: null })
  }
  const { context, lines, facts } = await stage({ world, facts: { oldStartedAt: started } })
  expect(await follow(context, pace)).toMatchObject({ kind: 'done', detail: expect.stringContaining('on timeline 4') })
  expect(lines).toEqual([
    'pg-node-1 is being rebuilt from a copy',
    'pg-node-1 is stopped',
    'pg-node-1 is being rebuilt from a copy, for the second time: see its Patroni log',
    'pg-node-1 is starting',
    'pg-node-1 streams from pg-node-3 on timeline 4',
  ])
  expect(facts.streamsAt).toEqual(expect.any(Date))
})

const copying = () =>
  withMember(healthyWorld(new Date()), member, { state: 'creating replica', postgres: null, streamsFrom: null })

test('whoever stops it stops the looking alone, and is told so', async () => {
  const { context } = await stage({ world: copying, stoppedBy: 'Bob' })
  expect(await follow(context, pace)).toMatchObject({
    kind: 'cancelled',
    detail: expect.stringMatching(/^Bob had the console stop following it.*Patroni goes on with the copy/),
  })
})

test('a copy that does not end in time is unknown, a member that stands still has failed', async () => {
  const endless = await stage({ world: copying })
  expect(await follow(endless.context, { ...pace, copyingMs: 50 })).toMatchObject({ kind: 'unknown' })
  const stopped = () => withMember(copying(), member, { state: 'start failed' })
  const still = await stage({ world: stopped, facts: { oldStartedAt: started } })
  expect(await follow(still.context, { ...pace, idleMs: 50 })).toMatchObject({
    kind: 'failed',
    detail: expect.stringContaining('failed to start'),
  })
})
