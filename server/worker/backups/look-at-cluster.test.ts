import { expect, test } from 'vitest'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { judgeBackups } from '#domain/backup/judge-backups.ts'
import { refuse, startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { LookError } from '#server/adapters/look-error.ts'
import { recordedFacts, recordedOutput, type Recorded } from '#server/adapters/pgbackrest/testing/recorded.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import { BackupMemory } from './backup-memory.ts'
import { lookAtCluster, type ClusterQuestion } from './look-at-cluster.ts'

const key = makeTestKey()
const timelines: Recorded = { info: 'timelines', listing: 'timelines', world: 'timelines' }
const now = new Date('2026-11-25T16:00:00Z')
const archiver = {
  lastArchivedWal: '000000030000000000000017',
  lastArchivedAt: new Date('2026-11-25T15:59:00Z'),
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waitingSegments: 1,
  archiveTimeoutSeconds: 60,
  walSegmentSizeBytes: 16_777_216,
}

async function recordedAgent(recorded: Recorded, stanza = 'main'): Promise<TestAgent> {
  const agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: key.publicKey })
  agent.doVerb = (path, args) =>
    path === '/v1/verbs/facts' ? recordedFacts(stanza) : recordedOutput(recorded, path, args)
  return agent
}

function stored({ id, address, pin }: TestAgent, node = 'pg-node-1'): StoredAgent {
  return {
    id,
    node,
    address,
    certificatePin: pin,
    version: '1.0.0',
    state: 'enrolled',
    lockedReason: null,
    seenAt: now,
    problem: null,
    problemSince: null,
    stanza: 'main',
    vetoed: [],
    clockSkewMs: 0,
    enrolledAt: now,
    enrolledBy: 'Mara',
    clusterId: 'c',
    clusterName: 'main',
    counter: 0,
    isProblemTold: false,
    refusalsToldAt: null,
  }
}

function question(agents: StoredAgent[], more: Partial<ClusterQuestion> = {}): ClusterQuestion {
  return {
    agents,
    key,
    last: null,
    isFirst: false,
    memory: new BackupMemory(),
    timeline: 3,
    systemIdentifier: '7712127605469610098',
    readArchiver: () => Promise.resolve(archiver),
    signal: new AbortController().signal,
    now,
    ...more,
  }
}

async function viewOf(asked: ClusterQuestion): Promise<BackupView> {
  const look = await lookAtCluster(asked)
  if ('problem' in look) throw new Error(look.problem)
  return look.view
}

test('a look brings stanza, windows of each timeline, histories and the archiver', async () => {
  await using agent = await recordedAgent(timelines)
  const view = await viewOf(question([stored(agent)]))
  expect(view).toMatchObject({ node: 'pg-node-1', stanzaName: 'main', problems: [], runningSince: null, timeline: 3 })
  expect(view.archiver).toMatchObject({ observedAt: now, waitingSegments: 1 })
  expect(view.archive?.windows.map(({ timeline }) => timeline)).toEqual([1, 2, 3])
  expect(view.archive?.histories.map(({ timeline }) => timeline)).toEqual([2, 3])
  const judged = judgeBackups(view, now)
  expect(judged.line).toEqual([1, 2, 3])
  expect(judged.ends).toContain('From 2026-11-25 15:14:04 UTC')
  expect(judged.windows[0]?.backups).toHaveLength(4)
})

test('the first view does not wait for the archive to be listed, and promises nothing of it', async () => {
  await using agent = await recordedAgent(timelines)
  const memory = new BackupMemory()
  const view = await viewOf(question([stored(agent)], { memory, isFirst: true }))
  expect(agent.asked.filter((path) => path.endsWith('repo-ls'))).toEqual([])
  expect(view).toMatchObject({ archive: null, problems: [] })
  expect(judgeBackups(view, now).sentence).toContain('What WAL is archived after it has not been seen yet.')
  const next = await viewOf(question([stored(agent)], { memory, last: view }))
  expect(next.archive?.windows.map(({ timeline }) => timeline)).toEqual([1, 2, 3])
})

test('what does not change is not asked for again', async () => {
  await using agent = await recordedAgent(timelines)
  const memory = new BackupMemory()
  const last = await viewOf(question([stored(agent)], { memory }))
  agent.asked.length = 0
  const soon = new Date(now.getTime() + 60_000)
  await viewOf(question([stored(agent)], { memory, last, now: soon }))
  expect(agent.asked).toEqual(['/v1/verbs/pgbackrest-info'])
  const later = new Date(now.getTime() + 300_000)
  await viewOf(question([stored(agent)], { memory, last, now: later }))
  expect(agent.asked.filter((path) => path.endsWith('repo-ls'))).toHaveLength(4)
  expect(agent.asked.filter((path) => path.endsWith('history'))).toEqual([])
})

test('an archive or an archiver that cannot be read stays as it was, with the reason and since when', async () => {
  await using agent = await recordedAgent(timelines)
  const memory = new BackupMemory()
  const last = await viewOf(question([stored(agent)], { memory }))
  agent.answerFirst = (path, response) => {
    if (!path.endsWith('repo-ls')) return false
    refuse(response, 'vetoed', 'agent.toml forbids it.')
    return true
  }
  const readArchiver = () => Promise.reject(new LookError('refused', 'Nothing listens there.'))
  const later = new Date(now.getTime() + 300_000)
  const view = await viewOf(question([stored(agent)], { memory, last, now: later, readArchiver }))
  expect(view.problems).toEqual([
    { part: 'archiver', sentence: 'Nothing listens there.', since: later },
    { part: 'archive', sentence: 'The agent of pg-node-1 refuses: agent.toml forbids it.', since: later },
  ])
  expect(view.archive).toEqual(last.archive)
  expect(view.archiver).toEqual(last.archiver)
  const again = await viewOf(question([stored(agent)], { memory, last: view, now: new Date(), readArchiver }))
  expect(again.problems.map(({ since }) => since)).toEqual([later, later])
})

test('a backup that runs is told with its progress, which 2.45 has in its text alone', async () => {
  await using agent = await recordedAgent({ info: 'running', listing: 'timelines', world: 'timelines' })
  const view = await viewOf(question([stored(agent)]))
  expect(view.stanza?.backup).toMatchObject({ isRunning: true, fraction: 0 })
  expect(view.runningSince).toEqual(now)
  const soon = new Date(now.getTime() + 5_000)
  expect(await viewOf(question([stored(agent)], { last: view, now: soon }))).toMatchObject({ runningSince: now })
})

test('a backup that ends while the archive is listed runs no more, and what it left is for the next look', async () => {
  const running: Recorded = { info: 'running', listing: 'timelines', world: 'timelines' }
  await using agent = await recordedAgent(running)
  const asRecorded = agent.doVerb
  agent.doVerb = (path, args) => {
    const answer = asRecorded(path, args)
    const isListed = agent.asked.some((asked) => asked.endsWith('repo-ls'))
    return path === '/v1/verbs/pgbackrest-info' && isListed ? atRest(answer) : answer
  }
  const look = await lookAtCluster(question([stored(agent)]))
  expect(look).toMatchObject({ hasEnded: true, view: { runningSince: null, stanza: { backup: { isRunning: false } } } })
  await using busy = await recordedAgent(running)
  expect(await lookAtCluster(question([stored(busy)]))).toMatchObject({
    hasEnded: false,
    view: { runningSince: now, stanza: { backup: { isRunning: true, fraction: 0 } } },
  })
})

test('the next agent is asked where the first does not answer or knows no stanza', async () => {
  await using agent = await recordedAgent(timelines)
  const gone = await startTestAgent('pg-node-2')
  await gone[Symbol.asyncDispose]()
  await using empty = await recordedAgent({ ...timelines, info: 'no-stanza' })
  const view = await viewOf(question([stored(gone, 'pg-node-2'), stored(empty, 'pg-node-3'), stored(agent)]))
  expect(view.node).toBe('pg-node-1')
  expect(await viewOf(question([stored(empty, 'pg-node-3')]))).toMatchObject({ stanza: null, node: 'pg-node-3' })
  expect(await lookAtCluster(question([stored(gone, 'pg-node-2')]))).toEqual({
    problem: expect.stringContaining('(the agent of pg-node-2)'),
  })
})

test('the archiver is read before the repositories, so that what is archived meanwhile does not look lost', async () => {
  await using agent = await recordedAgent(timelines)
  const askedBefore: string[] = []
  const readArchiver = () => {
    askedBefore.push(...agent.asked)
    return Promise.resolve(archiver)
  }
  await viewOf(question([stored(agent)], { readArchiver }))
  expect(askedBefore).toEqual([])
})

test('an agent that reads every repository is preferred to one that cannot', async () => {
  await using blind = await recordedAgent({ ...timelines, info: 'wrong-cipher' })
  await using agent = await recordedAgent(timelines)
  expect(await viewOf(question([stored(blind, 'pg-node-2'), stored(agent)]))).toMatchObject({ node: 'pg-node-1' })
  const view = await viewOf(question([stored(blind, 'pg-node-2')]))
  expect(view.node).toBe('pg-node-2')
  expect(judgeBackups(view, now).sentence).toContain('Repository 1 cannot be read: what it holds')
})

test('a pgBackRest that fails is told in its own words', async () => {
  await using agent = await recordedAgent(timelines)
  agent.doVerb = (path) =>
    path === '/v1/verbs/facts'
      ? recordedFacts('main')
      : { exitCode: 27, stdout: '', stderr: 'ERROR: [027]: unable to open the configuration', isCut: false }
  expect(await lookAtCluster(question([stored(agent)]))).toEqual({
    problem: expect.stringContaining('unable to open the configuration'),
  })
})

/** The same, with nothing that holds a lock. */
function atRest(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(/(\\"held\\":\s*)true/g, '$1false'))
}
