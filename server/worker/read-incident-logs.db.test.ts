import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { refuse, startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestKey } from '#server/adapters/agent/testing/test-key.ts'
import { createLog } from '#server/log.ts'
import { seedCluster } from '#server/operations/testing/seed.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { logsOf } from '#server/store/alerts/incident-logs.ts'
import { insertIncident } from '#server/store/alerts/incidents.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { readIncidentLogs } from './read-incident-logs.ts'

const signingKey = makeTestKey()
const log = createLog('test')
log.level = 'silent'
const opened = new Date()
const at = (seconds: number) => new Date(opened.getTime() + seconds * 1000)

let store: TestStore
let agent: TestAgent
let clusterId: string
let id: string

beforeAll(async () => {
  store = await openTestStore()
  agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: signingKey.publicKey })
  clusterId = (await seedCluster(store, 'logs')).id
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
  const place = { id: agent.id, clusterId, node: 'pg-node-1', address: agent.address, certificatePin: agent.pin }
  await putAgent(store.pool, { ...place, identityKey: 'k', version: '1.0.0', enrolledBy: 'Mara' })
})

afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
})

beforeEach(async () => {
  await store.pool.query('delete from incident')
  await store.pool.query('update agent set problem = null, problem_since = null, vetoed = $1', [[]])
  agent.asked.length = 0
  id = randomUUID()
  await insertIncident(store.pool, {
    id,
    clusterId,
    clusterName: 'logs',
    cause: 'leadership',
    severity: 'critical',
    sentence: 'Nobody holds the lead.',
    openedAt: opened,
  })
})

interface Asked {
  log: string
  window: { from: string; to: string }
}

/** Tells one line for each program, and keeps what it was asked. */
function telling(text: string): Asked[] {
  const asked: Asked[] = []
  agent.doVerb = (_, args) => {
    const { log: program, window } = args as Asked
    asked.push({ log: program, window })
    return {
      file: '/var/log/some.log',
      entries: [{ at: at(1).toISOString(), level: 'ERROR', text: `${program} ${text}`, times: 1 }],
      leftOut: 0,
      isCut: false,
      isUnderstood: true,
      lastAt: at(200).toISOString(),
    }
  }
  return asked
}

function read(seconds: number, unable = new Map<string, string>(), executorId = 'worker-1') {
  const watch = { store, signingKey, executorId, log, signal: new AbortController().signal }
  return readIncidentLogs(watch, unable, at(seconds))
}

const problems = async () => (await logsOf(store, id)).sources.map(({ problem }) => problem)

test('logs are read some seconds after an incident opened, once a minute, from where they were read to, and a last time', async () => {
  const asked = telling('says so\u0000')
  await read(5)
  expect(asked).toEqual([])
  await read(12)
  await read(13)
  expect(asked.map(({ log: program }) => program)).toEqual(['patroni', 'postgres'])
  const fromOf = (n: number) => Date.parse(asked[n]?.window.from ?? '') - opened.getTime()
  expect(fromOf(0)).toBeLessThanOrEqual(-300_000)
  expect(fromOf(0)).toBeGreaterThan(-360_000)
  await read(75)
  expect(asked).toHaveLength(4)
  expect(fromOf(2)).toBeGreaterThan(70_000)
  expect(fromOf(2)).toBeLessThanOrEqual(140_000)
  await store.pool.query('update incident set closed_at = $2 where id = $1', [id, at(100)])
  await read(120)
  await read(150)
  expect(asked).toHaveLength(6)
  await read(401)
  await read(4_000)
  expect(asked).toHaveLength(8)
  expect((await logsOf(store, id)).lines.map(({ text }) => text)).toEqual([
    'patroni says so\uFFFD',
    'postgres says so\uFFFD',
  ])
})

test('a worker without the lease asks nobody', async () => {
  const asked = telling('no')
  await read(20, new Map(), 'worker-2')
  expect(asked).toEqual([])
})

test('what one that was killed had not kept, the next one reads whole', async () => {
  telling('says so')
  agent.answerFirst = (_, response) => {
    response.destroy()
    return true
  }
  await read(12)
  agent.answerFirst = () => false
  expect(await problems()).toEqual(
    Array(2).fill(expect.stringMatching(/^The agent of pg-node-1 closed the connection/)),
  )
  const asked = telling('says so')
  await read(72)
  expect(Date.parse(asked[0]?.window.from ?? '')).toBeLessThanOrEqual(at(-300).getTime())
  expect(await problems()).toEqual([null, null])
})

test('an agent that is known to be silent, or forbidden to tell, is not asked, and that is told', async () => {
  telling('no')
  await store.pool.query(`update agent set problem = 'It does not answer.', problem_since = now()`)
  await read(12)
  expect(await problems()).toEqual(Array(2).fill('It does not answer.'))
  await store.pool.query('update agent set problem = null, problem_since = null, vetoed = $1', [['log-tail']])
  await read(72)
  expect(await problems()).toEqual(Array(2).fill('agent.toml of pg-node-1 forbids its agent to tell logs.'))
  expect(agent.asked).toEqual([])
})

test('an agent of before is told to be too old, and is asked again only when it is another', async () => {
  agent.answerFirst = (_, response) => {
    refuse(response, 'bad-arguments', 'In the arguments of this verb, "": Unrecognized key: "window".')
    return true
  }
  const unable = new Map<string, string>()
  await read(12, unable)
  await read(72, unable)
  agent.answerFirst = () => false
  expect(agent.asked).toHaveLength(1)
  expect(await problems()).toEqual(
    Array(2).fill('The agent of pg-node-1 (1.0.0) is too old to tell logs by time: install a newer one.'),
  )
})

test('a log that cannot be read says why, in the words of the node', async () => {
  agent.answerFirst = (_, response) => {
    refuse(response, 'not-found', 'agent.toml of node "pg-node-1" does not say where the postgres log is.')
    return true
  }
  await read(12)
  agent.answerFirst = () => false
  expect(await problems()).toEqual(
    Array(2).fill(
      'The agent of pg-node-1 refuses: agent.toml of node "pg-node-1" does not say where the postgres log is.',
    ),
  )
})
