import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolAgent } from '#server/adapters/agent/enrol.ts'
import { startTestAgent, type TestAgent } from '#server/adapters/agent/testing/test-agent.ts'
import { makeTestToken } from '#server/adapters/agent/testing/test-key.ts'
import { verifyAudit } from '#server/audit/verify.ts'
import { createLog } from '#server/log.ts'
import { insertInvitation } from '#server/store/agent-invitations.ts'
import { listAgents, type StoredAgent } from '#server/store/agents.ts'
import { listEvents } from '#server/store/events.ts'
import { loadWorkerKeys, publishSealingKey, type WorkerKeys } from '#server/store/keys.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import { loadSigningKey, publishSigningKey, type SigningKey } from '#server/store/signing-key.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { enrolWaiting } from './enrol-agents.ts'
import { AuditWitnesses } from './audit-witnesses.ts'
import { watchAgents } from './watch-agents.ts'

const clusterId = randomUUID()
const node = 'pg-node-1'
let home: string
let keys: WorkerKeys
let signingKey: SigningKey
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-enrol-'))
  keys = loadWorkerKeys(home)
  signingKey = loadSigningKey(home)
})
afterAll(() => rmSync(home, { recursive: true }))

test('an invited agent is enrolled with audit record and event, and watched from then on', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  agent.token = await invite(store, agent)
  await enrolWaiting(worker(store), new Set())
  expect(await listAgents(store, clusterId)).toMatchObject([
    { id: agent.id, node, address: agent.address, enrolledBy: 'Mara' },
  ])
  expect(await told(store)).toEqual([['agent-enrolled', node]])
  expect(await audited(store)).toEqual([{ action: 'agents.enrol', target: 'main/pg-node-1', outcome: 'done' }])
  await watchAgents(worker(store))
  const [seen] = await listAgents(store, clusterId)
  expect(seen).toMatchObject({ problem: null, clockSkewMs: expect.any(Number), seenAt: expect.any(Date) })
})

test('an agent keeps checkpoints of the audit log, and one that disputes them is told of once', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  agent.token = await invite(store, agent)
  await enrolWaiting(worker(store), new Set())
  const given = agent.statusAsked
  const witnesses = new AuditWitnesses(store, signingKey)
  const { newest: signed } = await witnesses.sign(new Date())
  const watch = () => watchAgents({ ...worker(store), witnesses })
  // An older agent does not tell, and would refuse what it does not know.
  await watch()
  await watch()
  expect(given.filter(({ checkpoint }) => checkpoint)).toEqual([])
  agent.status = { checkpoints: { kept: null, problem: null, isDisputed: false } }
  await watch()
  await watch()
  expect(given.at(-1)).toMatchObject({ checkpoint: signed })
  const { seq, hash } = signed ?? { seq: 0, hash: '' }
  agent.status = { checkpoints: { kept: { seq, hash }, problem: null, isDisputed: false } }
  await watch()
  await watch()
  expect(given.at(-1)).not.toHaveProperty('checkpoint')
  expect(await verifyAudit(store)).toMatchObject({
    ok: true,
    witnesses: [{ name: 'pg-node-1 of main', seq, problem: null }],
  })
  agent.status = { checkpoints: { kept: { seq: seq + 5, hash }, problem: 'This node saw more.', isDisputed: true } }
  await watch()
  await watch()
  expect(given.at(-1)).not.toHaveProperty('checkpoint')
  expect((await told(store)).filter(([kind]) => kind === 'audit-log-disputed')).toHaveLength(1)
  expect(await verifyAudit(store)).toMatchObject({
    ok: false,
    sentence: expect.stringContaining('pg-node-1 of main saw the chain reach'),
  })
})

test('an agent that was confirmed and not kept is kept when it is found again, and then left in peace', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  const token = await invite(store, agent)
  agent.token = token
  const { invitationId, secret } = token
  await enrolAgent({ place: { node, address: agent.address }, invitationId, secret, ...signingKey })
  expect(await listAgents(store, clusterId)).toEqual([])
  for (const _ of ['found again', 'and once more']) {
    agent.token = token
    agent.isConfirmed = true
    await enrolWaiting(worker(store), new Set())
  }
  expect(await listAgents(store, clusterId)).toMatchObject([{ id: agent.id, node }])
  expect(agent.turnedAway).toEqual([])
  expect(await told(store)).toEqual([['agent-enrolled', node]])
})

test('an agent that comes with a used token is turned away, and that is told once', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  const token = await invite(store, agent)
  agent.token = token
  await enrolWaiting(worker(store), new Set())
  const remembered = new Set<string>()
  agent.token = token
  await enrolWaiting(worker(store), remembered)
  await enrolWaiting(worker(store), remembered)
  expect(agent.turnedAway).toHaveLength(2)
  expect(agent.turnedAway[0]).toContain('This token was used at')
  expect(await told(store)).toEqual([
    ['agent-turned-away', node],
    ['agent-enrolled', node],
  ])
  expect(await audited(store)).toMatchObject([{ outcome: 'done' }, { outcome: 'refused' }])
})

test('a token that was used long ago is refused with its reason, whether its node has an agent or not', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  const token = await invite(store, agent)
  agent.token = token
  await enrolWaiting(worker(store), new Set())
  await age(store)
  // The enrolled agent tells that it waits.
  agent.token = token
  agent.status = { waitsWith: token.invitationId }
  const heard: StoredAgent[] = []
  await watchAgents({ ...worker(store), onWaiting: (one) => heard.push(one) })
  await enrolWaiting(worker(store), new Set(), { isWide: true })
  expect(agent.turnedAway).toEqual([])
  await enrolWaiting(worker(store), new Set(), { agents: heard })
  expect(agent.turnedAway).toEqual([expect.stringContaining('This token was used at')])
  expect((await told(store))[0]).toEqual(['agent-turned-away', node])
  // One that is enrolled no more is looked at.
  await store.pool.query('delete from agent')
  await enrolWaiting(worker(store), new Set())
  expect(agent.turnedAway).toHaveLength(1)
  await enrolWaiting(worker(store), new Set(), { isWide: true })
  expect(agent.turnedAway).toHaveLength(2)
})

test('an agent that waits for another console is told once, and not told to go again and again', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  await invite(store, agent)
  await age(store)
  agent.token = makeTestToken(loadSigningKey(mkdtempSync(join(home, 'other-'))).publicKey)
  const remembered = new Set<string>()
  for (const _ of ['once', 'and again']) await enrolWaiting(worker(store), remembered, { isWide: true })
  expect(await told(store)).toEqual([['agent-turned-away', node]])
  expect(agent.asked).toEqual(['/v1/enrol', '/v1/enrol/refuse', '/v1/enrol'])
})

test('an agent with the wrong secret, and one of another node, are turned away and the invitation stays open', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await using other = await startTestAgent('pg-node-2')
  await prepare(store)
  const token = await invite(store, agent)
  agent.token = { ...token, secret: makeTestToken(signingKey.publicKey).secret }
  await enrolWaiting(worker(store), new Set())
  expect(agent.turnedAway).toEqual([expect.stringContaining('does not hold the token')])
  const otherToken = await invite(store, other)
  other.token = otherToken
  await enrolWaiting(worker(store), new Set())
  expect(other.turnedAway).toEqual([expect.stringContaining('but this is the agent of pg-node-2')])
  expect(await listAgents(store, clusterId)).toEqual([])
})

test('where nobody is found yet is kept with the invitation, and forgotten when somebody answers', async () => {
  await using store = await openTestStore()
  await prepare(store)
  const gone = await startTestAgent(node)
  await gone[Symbol.asyncDispose]()
  await invite(store, gone)
  await enrolWaiting(worker(store), new Set())
  const problem = async () =>
    (await store.pool.query('select problem from agent_invitation where ended_at is null')).rows
  expect(await problem()).toEqual([{ problem: expect.stringContaining(`Nothing listens on ${gone.address}`) }])
  await using agent = await startTestAgent(node)
  await invite(store, agent)
  await enrolWaiting(worker(store), new Set())
  expect(await problem()).toEqual([{ problem: null }])
})

test('an agent with other keys than it was enrolled with is locked and left alone', async () => {
  await using store = await openTestStore()
  await using agent = await startTestAgent(node)
  await prepare(store)
  agent.token = await invite(store, agent)
  await enrolWaiting(worker(store), new Set())
  await store.pool.query(`update agent set certificate_pin = 'another'`)
  await watchAgents(worker(store))
  expect(await listAgents(store, clusterId)).toMatchObject([{ state: 'locked' }])
  expect((await told(store))[0]).toEqual(['agent-certificate-changed', node])
  const asked = agent.asked.length
  await watchAgents(worker(store))
  expect(agent.asked).toHaveLength(asked)
})

function worker(store: Store) {
  const log = createLog('test')
  log.level = 'silent'
  return { store, keys, signingKey, executorId: 'worker-1', log, signal: new AbortController().signal }
}

async function prepare(store: Store): Promise<void> {
  await publishSealingKey(store, keys, null)
  await publishSigningKey(store, signingKey, null)
  await store.pool.query(`insert into cluster (id, name, endpoints) values ($1, 'main', '{}')`, [clusterId])
  await store.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '5 minutes')`, [clusterId])
}

/** All invitations were made a day ago. */
async function age(store: Store): Promise<void> {
  await store.pool.query(
    `update agent_invitation set created_at = created_at - interval '1 day', expires_at = expires_at - interval '1 day'`,
  )
}

async function invite(store: Store, { address }: TestAgent) {
  const token = makeTestToken(signingKey.publicKey)
  const { invitationId: id, secret } = token
  const invitation = { id, clusterId, node, address, secret, createdBy: 'Mara', lifeMs: 900_000 }
  await inTransaction(store, (tx) => insertInvitation(tx, invitation))
  return token
}

async function told(store: Store) {
  return (await listEvents(store, { clusterId, limit: 10 })).map(({ kind, member }) => [kind, member])
}

async function audited(store: Store) {
  return (await store.pool.query('select action, target, outcome from audit_event order by seq')).rows
}
