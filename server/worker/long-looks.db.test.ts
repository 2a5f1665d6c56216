import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wal } from '#domain/testing/backup-made.ts'
import { madePlace } from '#domain/testing/data-place-made.ts'
import { formatLsn } from '#domain/format.ts'
import { madeView } from '#domain/testing/restore-case.ts'
import { refuse, startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { recordedFacts } from '#server/adapters/pgbackrest/testing/recorded.ts'
import { checkProof } from '#server/factors/check-proof.ts'
import { createLog } from '#server/log.ts'
import { seedCluster } from '#server/operations/testing/seed.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { saveBackups } from '#server/store/backup-view.ts'
import { ask, askInTime, askToStop } from '#server/store/inquiries.ts'
import { inTransaction } from '#server/store/open.ts'
import { loadWorkerKeys } from '#server/store/keys.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { nodeSights } from '#server/store/node-sights.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerInquiries, type Answering } from './answer-inquiries.ts'
import { lookAtNodes, NodeMemory } from './look-at-nodes.ts'
import { RoomsTold } from './rooms-told.ts'
import { watchAgents } from './watch-agents.ts'

const signingKey = makeTestKey()
const log = createLog('test')
log.level = 'silent'
const home = mkdtempSync(join(tmpdir(), 'matriarch-looks-'))
const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 12, minute))

let store: TestStore
let agent: TestAgent
let clusterId: string

beforeAll(async () => {
  store = await openTestStore()
  agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: signingKey.publicKey })
  clusterId = (await seedCluster(store, 'looks')).id
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
  const { id, address, pin } = agent
  const place = { id, clusterId, node: 'pg-node-1', address, certificatePin: pin }
  await putAgent(store.pool, { ...place, identityKey: 'k', version: '1.0.0', enrolledBy: 'Mara' })
})

afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
})

test('a node tells its room, what is kept aside there and how it makes replicas; what it said before stays', async () => {
  const watch = { store, signingKey, executorId: 'worker-1', log, signal: new AbortController().signal }
  const memory = new NodeMemory()
  const kept = { name: randomUUID(), since: at(1).toISOString() }
  const tablespaces = Array.from({ length: 30 }, (_, n) => ({
    oid: `${16_385 + n}`,
    path: `/srv/${'é'.repeat(5_000)}`,
  }))
  const place = madePlace({ tablespaces })
  agent.doVerb = (path) => {
    if (path === '/v1/verbs/facts') return recordedFacts('main')
    return { aside: [kept], rehearsals: [], freeBytes: 7_000, place }
  }
  await lookAtNodes(watch, memory)
  const seen = { dataFreeBytes: 7_000, keptAside: [{ name: kept.name, since: at(1) }], replicaMethods: [] }
  const sight = (await nodeSights(store, clusterId)).get(agent.id)
  expect(sight).toMatchObject(seen)
  expect(sight?.dataPlace).toEqual({ ...place, tablespaces: expect.any(Array) })
  expect(sight?.dataPlace?.tablespaces).toHaveLength(20)
  agent.doVerb = () => ({ nothing: 'of the kind' })
  agent.asked.length = 0
  await lookAtNodes(watch, memory)
  expect(agent.asked, 'it is not its turn yet').toEqual([])
  memory.stirredAt.set(clusterId, Date.now())
  await lookAtNodes(watch, memory)
  expect(agent.asked).toEqual(['/v1/verbs/data-kept'])
  expect((await nodeSights(store, clusterId)).get(agent.id)).toMatchObject(seen)
})

test('a node whose agent tells of its room by the way is not looked at for that', async () => {
  const rooms = new RoomsTold()
  const watch = { store, signingKey, executorId: 'worker-1', log, signal: new AbortController().signal, rooms }
  const memory = new NodeMemory()
  agent.doVerb = (path) =>
    path === '/v1/verbs/facts' ? recordedFacts('main') : { aside: [], rehearsals: [], freeBytes: 7_000, place: null }
  await lookAtNodes(watch, memory)
  agent.status = { freeBytes: 5_000 }
  expect(await watchAgents(watch), 'nobody has missed an answer').toBe(false)
  const sight = (await nodeSights(store, clusterId)).get(agent.id)
  expect(sight).toMatchObject({ dataFreeBytes: 5_000 })
  const twoMinutes = 120_000
  const before = memory.lookedAt.get(agent.id) ?? 0
  memory.lookedAt.set(agent.id, before - twoMinutes)
  agent.asked.length = 0
  await lookAtNodes(watch, memory)
  expect(agent.asked).toEqual([])
  agent.status = {}
  await watchAgents(watch)
  agent.asked.length = 0
  await lookAtNodes(watch, memory)
  expect(agent.asked, 'one that does not tell of it is looked at as before').toEqual(['/v1/verbs/data-kept'])
  expect((await nodeSights(store, clusterId)).get(agent.id)).toMatchObject({ dataFreeBytes: 7_000 })
})

test('an agent that does not know what is asked is asked for it once', async () => {
  const watch = { store, signingKey, executorId: 'worker-1', log, signal: new AbortController().signal }
  const memory = new NodeMemory()
  agent.doVerb = () => recordedFacts('main')
  agent.answerFirst = (path, response) => {
    if (path !== '/v1/verbs/data-kept') return false
    refuse(response, 'unknown-verb', 'Never heard of it.')
    return true
  }
  agent.asked.length = 0
  await lookAtNodes(watch, memory)
  memory.stirredAt.set(clusterId, Date.now())
  await lookAtNodes(watch, memory)
  agent.answerFirst = () => false
  expect(agent.asked).toEqual(['/v1/verbs/facts', '/v1/verbs/data-kept'])
  expect((await nodeSights(store, clusterId)).get(agent.id)).toMatchObject({ keptAside: [], dataPlace: null })
})

test('archived WAL around a moment is read by a job of its own, under an epoch that holds', async () => {
  await keepView()
  const job = { operation: '', step: 'wal-commits', verb: 'wal-commits', exitCode: 0, signal: null, problem: null }
  const times = { startedAt: at(1).toISOString(), endedAt: null }
  const output = { from: 0, lines: [], total: 0 }
  const commit = { xid: '741', at: '2026-11-25 12:04:30.123456+00', lsn: '0/4000028', timeline: 4 }
  const result = {
    commits: [{ ...commit, kind: 'drop', relations: ['shop.orders'], deletedRows: 0 }],
    problems: [],
    firstAt: '2026-11-25T12:03:00.000001Z',
    lastAt: null,
  }
  const seen: unknown[] = []
  let polls = 0
  agent.doVerb = (path, args) => {
    if (path === '/v1/verbs/pgbackrest-repo-ls') return listing(args)
    if (path === '/v1/verbs/wal-commits') seen.push(args)
    polls += path === '/v1/verbs/job-state' ? 1 : 0
    return { ...job, ...times, output, state: polls > 1 ? 'succeeded' : 'running', result: polls > 1 ? result : null }
  }
  agent.obeyed.length = 0
  const input = { clusterId, fromAt: at(4), toAt: at(4), repository: null }
  const question = { kind: 'wal-commits', input, askedBy: 'Ada' } as const
  expect(await askInTime(store, question, 60_000)).toMatchObject({ state: 'asked' })
  const answered = await untilAnswered(() => askInTime(store, question, 60_000))
  const names = [3, 4, 5].map((number) => wal(4, number))
  expect(seen).toEqual([{ stanza: 'main', repository: 1, segments: names }])
  expect(answered).toEqual({
    state: 'answered',
    answer: {
      commits: [{ ...result.commits[0], at: '2026-11-25T12:04:30.123Z' }],
      problems: [],
      firstAt: '2026-11-25T12:03:00.000Z',
      lastAt: null,
      segments: { count: 3, first: names[0], last: names[2] },
      isCut: false,
      node: 'pg-node-1',
      repository: 1,
    },
  })
  const bound = agent.obeyed.filter(({ step }) => step !== null)
  expect(bound).toMatchObject([{ step: 'wal-commits', epoch: 1, operation: expect.any(String) }])
})

test('how far it is is told, and a look that is stopped is ended on its node too', async () => {
  await keepView()
  const job = { operation: '', step: 'wal-commits', verb: 'wal-commits', exitCode: null, signal: null, problem: null }
  const said = [3, 4].map((number) => `Reading ${wal(4, number)}.`)
  let isCancelled = false
  agent.doVerb = (path, args) => {
    if (path === '/v1/verbs/pgbackrest-repo-ls') return listing(args)
    isCancelled ||= path === '/v1/verbs/job-cancel'
    const from = typeof args === 'object' && args !== null && 'from' in args ? Number(args.from) : 0
    const output = { from, lines: said.slice(from), total: said.length }
    return { ...job, startedAt: at(1).toISOString(), endedAt: null, output, state: 'running', result: null }
  }
  const input = { clusterId, fromAt: at(4), toAt: at(4), repository: 1 }
  const question = { kind: 'wal-commits', input, askedBy: 'Ada' } as const
  await askInTime(store, question, 60_000)
  await answerInquiries(answering())
  await expect
    .poll(() => askInTime(store, question, 60_000), { timeout: 60_000 })
    // Two are begun, so one is read.
    .toMatchObject({ state: 'asked', progress: { read: 1, total: 3 } })
  await inTransaction(store, (tx) => askToStop(tx, { ...question, askedBy: 'Mara' }))
  await answerInquiries(answering())
  await expect.poll(() => isCancelled, { timeout: 60_000 }).toBe(true)
  // Who asks now begins anew.
  expect(await askInTime(store, question, 60_000)).toMatchObject({ state: 'asked', progress: null })
  await inTransaction(store, (tx) => askToStop(tx, question))
  await answerInquiries(answering())
})

test('what is not archived yet is said, and the newest that is there is read', async () => {
  await keepView()
  const job = { operation: '', step: 'wal-commits', verb: 'wal-commits', exitCode: 0, signal: null, problem: null }
  const ended = { state: 'succeeded', startedAt: at(1).toISOString(), endedAt: at(2).toISOString() }
  const result = { commits: [], problems: [], firstAt: null, lastAt: null }
  agent.doVerb = (path, args) => {
    if (path === '/v1/verbs/pgbackrest-repo-ls') return listing(args)
    return { ...job, ...ended, output: { from: 0, lines: [], total: 0 }, result }
  }
  const input = { clusterId, fromAt: at(30), toAt: at(40), repository: 1 }
  const question = { kind: 'wal-commits', input, askedBy: 'Ada' } as const
  await askInTime(store, question, 60_000)
  expect(await untilAnswered(() => askInTime(store, question, 60_000))).toMatchObject({
    answer: {
      commits: [],
      segments: { count: 1, first: wal(4, 9) },
      problems: [expect.stringContaining('2026-11-25 12:09:00')],
    },
  })
  const elsewhere = { ...question, input: { ...input, repository: 2 } }
  await askInTime(store, elsewhere, 60_000)
  expect(await untilAnswered(() => askInTime(store, elsewhere, 60_000))).toMatchObject({
    state: 'refused',
    problem: expect.stringContaining('Repository 2'),
  })
})

test('what a target gives up is counted from its own segment on, and it is said what was not read', async () => {
  await keepView()
  const job = { operation: '', step: 'wal-count', verb: 'wal-count', exitCode: 0, signal: null, problem: null }
  const ended = { state: 'succeeded', startedAt: at(1).toISOString(), endedAt: at(2).toISOString() }
  const result = {
    commits: 42,
    lastAt: '2026-11-25 12:08:59.123456+00',
    segments: 3,
    isCut: false,
    isDoubtful: false,
    readTo: '0/A000000',
    problems: [],
  }
  const seen: unknown[] = []
  agent.doVerb = (path, args) => {
    if (path === '/v1/verbs/pgbackrest-repo-ls') return listing(args)
    if (path === '/v1/verbs/wal-count') seen.push(args)
    return { ...job, ...ended, output: { from: 0, lines: [], total: 0 }, result }
  }
  const target = { type: 'lsn', lsn: 7 * 16_777_216 + 40, timeline: null }
  const question = { kind: 'wal-count', input: { clusterId, target, repository: null }, askedBy: 'Ada' } as const
  await askInTime(store, question, 60_000)
  const answered = await untilAnswered(() => askInTime(store, question, 60_000))
  expect(seen).toEqual([
    {
      stanza: 'main',
      repository: 1,
      segments: [7, 8, 9].map((number) => wal(4, number)),
      following: wal(4, 10),
      most: 64,
      target: { type: 'lsn', value: '0/7000028', exclusive: false },
      leftLsn: null,
    },
  ])
  const leaderLsn = (await latestSnapshot(store, clusterId))?.members.find(({ name }) => name === 'pg-node-3')?.lsn ?? 0
  expect(leaderLsn).toBeGreaterThan(10 * 16_777_216)
  expect(answered).toEqual({
    state: 'answered',
    answer: {
      commits: 42,
      isAtLeast: true,
      lastAt: '2026-11-25T12:08:59.123Z',
      problems: [
        expect.stringMatching(
          /^WAL up to 0\/A000000 was read; what was written after that, up to .* is not archived yet/,
        ),
      ],
      segments: 3,
      countedAt: expect.any(String),
      node: 'pg-node-1',
      repository: 1,
    },
  })
  // Read as far as the leader has written, it is whole.
  const whole = { ...question, input: { ...question.input, repository: 1 } }
  result.readTo = formatLsn(leaderLsn)
  let isBusy = true
  agent.answerFirst = (path, response) => {
    if (path !== '/v1/verbs/wal-count' || !isBusy) return false
    isBusy = false
    refuse(response, 'conflict', 'Another reads.')
    return true
  }
  await askInTime(store, whole, 60_000)
  expect(await untilAnswered(() => askInTime(store, whole, 60_000))).toMatchObject({
    answer: { commits: 42, isAtLeast: false, problems: [] },
  })
  expect(isBusy, 'it waited for another to end').toBe(false)
  // An answer that is older than it may be is asked for anew.
  expect(await askInTime(store, whole, 60_000, 0)).toMatchObject({ state: 'asked' })
})

test('a piece of a file comes from the node that keeps it', async () => {
  const name = randomUUID()
  agent.doVerb = (path, args) =>
    path === '/v1/verbs/rehearsal-fetch' ? { offset: 0, base64: 'aGk=', totalBytes: 2, sha256: 'x', args } : null
  const input = { clusterId, node: 'pg-node-1', name, offset: 0 }
  const fetching = ask(store, { kind: 'extract-part', input, sealed: null, askedBy: 'Ada' }, 25_000)
  const isKept = async () => (await store.pool.query(`select from inquiry where kind = 'extract-part'`)).rowCount === 1
  await expect.poll(isKept, { timeout: 60_000 }).toBe(true)
  await answerInquiries(answering())
  expect(await fetching).toEqual({ offset: 0, base64: 'aGk=', totalBytes: 2, sha256: 'x' })
})

const keys = () => loadWorkerKeys(home)

const answering = (): Answering => ({
  store,
  keys: keys(),
  signingKey,
  publicUrl: null,
  checkProof: (tx, check) => checkProof(tx, { store, keys: keys(), ...check }),
  log,
  signal: new AbortController().signal,
})

async function untilAnswered<T extends { state: string }>(look: () => Promise<T>): Promise<T> {
  await answerInquiries(answering())
  for (let tries = 0; tries < 500; tries += 1) {
    const found = await look()
    if (found.state !== 'asked') return found
    await sleep(50)
  }
  throw new Error('Nobody answered.')
}

/** Segments 1 to 9 of timeline 4, each archived at the minute of its number. */
function listing(args: unknown): unknown {
  const isTop = typeof args === 'object' && args !== null && 'folder' in args && args.folder === null
  const entries = isTop
    ? [['0000000400000000', { type: 'path' }]]
    : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [
        `${wal(4, number)}-${'a'.repeat(40)}.gz`,
        { type: 'file', size: 1, time: at(number).getTime() / 1_000 },
      ])
  return { exitCode: 0, stdout: JSON.stringify(Object.fromEntries(entries)), stderr: '', isCut: false }
}

async function keepView(): Promise<void> {
  const view = madeView()
  const history = { timeline: 4, ancestors: [], beganAt: null }
  const archive = { id: '15-1', repository: 1, walMin: null, walMax: null, isOfThisCluster: true }
  const look = {
    view: {
      ...view,
      stanza: view.stanza && { ...view.stanza, archives: [archive] },
      archive: view.archive && { ...view.archive, histories: [history] },
    },
  }
  await saveBackups(store, { clusterId, executorId: 'worker-1', look, at: at(10) })
}
