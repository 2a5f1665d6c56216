import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decisionText } from '#domain/approvals/binding.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { everywhere } from '#domain/people/grant.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { ProofAnswer } from '#domain/people/proof.ts'
import { proofChallenge } from '#server/factors/challenge.ts'
import { sealProof } from '#server/factors/seal-code.ts'
import { addPasskey } from '#server/factors/testing/people.ts'
import { enqueueOperation } from '#server/operations/engine/queue.ts'
import { ApprovalStage, type Person } from '#server/operations/approvals/testing/approval-stage.ts'
import { loadSigningKey } from '#server/store/signing-key.ts'
import { inTransaction } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { answerInquiries } from './answer-inquiries.ts'
import { openTestConsole, type TestConsole, type TestPerson } from '#server/api/testing/console.ts'

let stage: ApprovalStage
let console: TestConsole
let ada: TestPerson
let bob: TestPerson
let answering: NodeJS.Timeout

const draft = (name: string, clusterId: string) => ({
  name,
  scope: { kind: 'cluster', clusterId },
  acts: ['switchover'],
  approvals: 1,
})

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  console = await openTestConsole(stage.store)
  ada = await console.signedIn('operator')
  bob = await console.signedIn('admin')
  await stage.giveApp(bob.id)
  const { store, keys, checkProof } = stage
  const worker = {
    store,
    keys,
    signingKey: loadSigningKey(stage.home),
    publicUrl: null,
    checkProof,
    log: stage.surroundings.log,
    signal: new AbortController().signal,
  }
  answering = setInterval(() => void answerInquiries(worker), 100)
})

afterAll(async () => {
  clearInterval(answering)
  await console[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

test('through the web tier: ask, approve by a code, run; the audit log names both persons', async () => {
  const cluster = await stage.governed('through')
  const asked = await ask(cluster)
  expect(asked.state).toBe('proposed')
  const listed = await console.query('approvals.list', undefined, { cookie: bob.cookie })
  expect((await answerOf<{ id: string; isForMe: boolean }[]>(listed)).find(({ id }) => id === asked.id)).toMatchObject({
    isForMe: true,
    isMine: false,
    standing: { kind: 'open', missing: 1 },
  })
  const approved = await decide(asked, bob)
  expect(approved.status).toBe(200)
  const view = await console.query('approvals.get', { id: asked.id }, { cookie: ada.cookie })
  expect(await answerOf(view)).toMatchObject({
    standing: { kind: 'approved' },
    isMine: true,
    operation: { approval: { decisions: [{ approver: { name: bob.email }, decision: 'approve' }] } },
  })
  const run = await console.command('approvals.run', { id: asked.id }, { cookie: ada.cookie })
  expect(run.status).toBe(200)
  expect(await stage.ended(asked)).toMatchObject({
    state: 'failed',
    outcome: expect.stringContaining('no way to this cluster'),
  })
  const { rows } = await stage.store.pool.query(
    'select action, actor_name from audit_event where operation_id = $1 order by seq',
    [asked.id],
  )
  expect(rows.map(({ action, actor_name: name }) => `${action} ${name}`)).toEqual([
    `switchover.request ${ada.email}`,
    `approvals.approve ${bob.email}`,
    `approvals.run ${ada.email}`,
    `operations.switchover ${ada.email}`,
  ])
})

test('a stolen session approves nothing without the code, and the refusal is recorded', async () => {
  const asked = await ask(await stage.governed('stolen'))
  const answer = await decide(asked, bob, { kind: 'totp', code: '000000' })
  expect(answer.status).toBe(412)
  expect(await answer.text()).toContain('The code is wrong.')
  const { rows } = await stage.store.pool.query(
    `select outcome, actor_name from audit_event where action = 'approvals.approve' and target like '%' || $1`,
    [asked.id],
  )
  expect(rows).toEqual([{ outcome: 'refused', actor_name: bob.email }])
  expect((await stage.now(asked)).approval?.decisions).toEqual([])
})

test('an operator has no right to approve, and whoever asked cannot approve it themselves', async () => {
  const asked = await ask(await stage.governed('own-web'), bob)
  expect((await decide(asked, ada, { kind: 'totp', code: '123456' })).status).toBe(403)
  const own = await decide(asked, bob)
  expect(await own.text()).toContain('You asked for this yourself')
})

test('what waits is told to whoever may read there, and is for whoever may approve there', async () => {
  const [here, elsewhere] = [await stage.governed('told-here'), await stage.governed('told-elsewhere')]
  const [near, far] = [await ask(here), await ask(elsewhere)]
  const scope = { kind: 'cluster', clusterId: here.id } as const
  const mine = async (held: Parameters<TestConsole['signedIn']>[0]) => {
    const { cookie } = await console.signedIn(held)
    const rows = await answerOf<{ id: string; isForMe: boolean }[]>(
      await console.query('approvals.list', undefined, { cookie }),
    )
    const unseen = await console.query('approvals.get', { id: far.id }, { cookie })
    const of = (id: string) => rows.find((row) => row.id === id)?.isForMe ?? null
    return { near: of(near.id), far: of(far.id), unseen: unseen.status }
  }
  expect(await mine([{ role: 'approver', scope }])).toEqual({ near: true, far: null, unseen: 404 })
  expect(await mine([{ role: 'approver', scope }, everywhere('auditor')])).toEqual({
    near: true,
    far: false,
    unseen: 200,
  })
})

test('a passkey approves what it signed, once, and nothing else', async () => {
  const cleo = await console.signedIn('approver')
  const { passkey } = await addPasskey(stage.store, cleo.id, { isVouched: true })
  const asked = await ask(await stage.governed('by-passkey'))
  const { leader, timeline, systemIdentifier } = asked.plan
  const seen = { planHash: asked.planHash, leader, timeline, systemIdentifier }
  const signed = (decision: 'approve' | 'reject'): ProofAnswer => {
    const [nonce, issuedMs] = [randomUUID(), Date.now()]
    const proven = { userId: cleo.id, purpose: decision, subject: decisionText(asked.id, decision, seen) }
    return { kind: 'passkey', nonce, issuedMs, assertion: passkey.answer(proofChallenge(proven, nonce, issuedMs)) }
  }
  expect((await decide(asked, cleo, signed('reject'))).status).toBe(412)
  const proof = signed('approve')
  expect((await decide(asked, cleo, proof)).status).toBe(200)
  expect((await stage.now(asked)).approval?.decisions).toMatchObject([{ approver: { name: cleo.email } }])
  const again = await ask(await stage.governed('by-passkey-again'))
  expect((await decide(again, cleo, proof)).status).toBe(412)
})

test('a token approves nothing by itself; with the code of a person it passes that on', async () => {
  const asked = await ask(await stage.governed('by-token'))
  const token = await console.token('admin')
  const view = await (await console.rest('GET', `/approvals/${asked.id}`, { token })).json()
  const body = { seen: view.bound, proof: { kind: 'totp', code: '123456' } }
  const bare = await console.rest('POST', `/approvals/${asked.id}/approve`, { token, body })
  expect(await bare.json()).toMatchObject({
    code: 'refused',
    detail: expect.stringContaining('A token approves nothing'),
  })
  const stranger = { ...body, as: 'nobody@example.org' }
  expect((await console.rest('POST', `/approvals/${asked.id}/approve`, { token, body: stranger })).status).toBe(412)
  const proof = { kind: 'totp', code: await stage.code(bob.id) }
  const passed = await console.rest('POST', `/approvals/${asked.id}/approve`, {
    token,
    body: { ...body, proof, as: bob.email },
  })
  expect(await passed.json()).toMatchObject({ approval: { decisions: [{ approver: { name: bob.email } }] } })
})

test("with the web tier's database role nobody writes an approval or a policy, or lifts either", async () => {
  const cluster = await stage.governed('forged')
  const asked = await ask(cluster)
  const forge = (sql: string, values: unknown[]) =>
    expect(stage.web.pool.query(sql, values)).rejects.toThrow(/permission denied/)
  await forge(
    `insert into approval (operation_id, approver_id, approver_name, decision, reason, factor_id, plan_hash, leader)
     values ($1, $2, 'Bob', 'approve', '', 'x', $3, 'pg-node-3')`,
    [asked.id, bob.id, asked.planHash],
  )
  await forge('update approval set approver_id = $1', [bob.id])
  await forge('delete from approval_policy', [])
  await forge('update approval_policy set approvals = 1', [])
  await forge(`update operation set state = 'planned' where id = $1`, [asked.id])
  await forge('update operation set plan_hash = $1', ['0'])
  await forge('update operation set released_at = now()', [])
})

test('an inquiry that the web tier forges is believed for nothing but its proof', async () => {
  const asked = await ask(await stage.governed('forged-inquiry'))
  const { leader, timeline, systemIdentifier } = asked.plan
  const seen = { planHash: asked.planHash, leader, timeline, systemIdentifier }
  const given = { operationId: asked.id, userId: bob.id, decision: 'approve', reason: '', seen }
  const elsewhere = { userId: bob.id, purpose: 'reject', subject: 'something else' }
  const sealedElsewhere = await sealProof(stage.web.pool, elsewhere, await codeOf(bob))
  for (const proof of [
    { kind: 'totp', sealed: '' },
    { kind: 'totp', sealed: Buffer.from('123456').toString('base64') },
    sealedElsewhere,
  ]) {
    expect(await forgeInquiry('approval', { ...given, proof })).toMatch(/given for something else/)
  }
  expect(await forgeInquiry('run-approved', { operationId: asked.id, userId: ada.id })).toMatch(/approval is missing/)
  expect(
    await forgeInquiry('policy', {
      kind: 'remove',
      id: randomUUID(),
      userId: bob.id,
      proof: { kind: 'totp', sealed: '' },
    }),
  ).toMatch(/no such policy/)
  expect((await stage.now(asked)).approval?.decisions).toEqual([])
})

test('an operation that the web tier puts into the queue by itself is refused by the worker', async () => {
  const cluster = await stage.governed('smuggled', { allowsBreakGlass: false })
  const asked = await ask(cluster)
  for (const [part, says] of [
    [{ state: 'planned', need: null, glass: false }, /It was not asked for approval, so nothing was done/],
    [{ state: 'planned', need: asked.approval?.need, glass: false }, /An approval is missing, so nothing was done/],
    [{ state: 'planned', need: null, glass: true }, /lets nobody act alone/],
  ] as const) {
    const id = await smuggle(asked, part)
    expect(await stage.ended({ ...asked, id })).toMatchObject({
      state: 'refused',
      outcome: expect.stringMatching(says),
    })
  }
})

test('a policy is set by who proves to be an administrator, keeps its label on the clusters, and is recorded', async () => {
  const cluster = await stage.governed('label')
  await stage.store.pool.query(`update cluster set labels = array['prod'] where id = $1`, [cluster.id])
  const wish = { id: null, draft: { ...draft('by label', cluster.id), scope: { kind: 'label', label: 'prod' } } }
  const cheated = await console.command(
    'policies.set',
    { ...wish, proof: { kind: 'totp', code: '000000' } },
    { cookie: bob.cookie },
  )
  expect(await cheated.text()).toContain('The code is wrong.')
  expect(
    (await console.command('policies.set', { ...wish, proof: await codeOf(bob) }, { cookie: ada.cookie })).status,
  ).toBe(403)
  const set = await console.command('policies.set', { ...wish, proof: await codeOf(bob) }, { cookie: bob.cookie })
  expect(set.status).toBe(200)
  const { id } = await answerOf<{ id: string }>(set)
  await expect(stage.web.pool.query(`update cluster set labels = '{}' where id = $1`, [cluster.id])).rejects.toThrow(
    'the label prod is named by an approval policy',
  )
  const { rows } = await stage.store.pool.query(
    `select outcome, detail->'after'->>'name' as name from audit_event where action = 'policies.set' and outcome = 'done'`,
  )
  expect(rows).toEqual([{ outcome: 'done', name: 'by label' }])
  const removed = await console.command('policies.remove', { id, proof: await codeOf(bob) }, { cookie: bob.cookie })
  expect(removed.status).toBe(200)
})

async function codeOf(person: TestPerson): Promise<ProofAnswer> {
  return { kind: 'totp', code: await stage.code(person.id) }
}

function ask(cluster: ClusterConfig, by: TestPerson = ada): Promise<Operation> {
  const actor: Person = { id: by.id, name: by.email, kind: 'user' }
  return stage.ask(cluster, actor)
}

async function decide({ id, planHash, plan }: Operation, by: TestPerson, given?: ProofAnswer): Promise<Response> {
  const proof = given ?? (await codeOf(by))
  const { leader, timeline, systemIdentifier } = plan
  const seen = { planHash, leader, timeline, systemIdentifier }
  return console.command('approvals.approve', { id, seen, proof }, { cookie: by.cookie })
}

async function answerOf<T>(response: Response): Promise<T> {
  const body: { result: { data: { json: T } } } = await response.json()
  return body.result.data.json
}

/** As somebody does who has the web tier's database role. */
async function forgeInquiry(kind: string, input: unknown): Promise<string> {
  const { rows } = await stage.web.pool.query<{ id: string }>(
    `insert into inquiry (id, kind, input, asked_by, expires_at) values ($1, $2, $3, 'web', now() + interval '1 minute') returning id`,
    [randomUUID(), kind, JSON.stringify(input)],
  )
  for (let tries = 0; tries < 100; tries += 1) {
    const reply = await stage.web.pool.query<{ problem: string | null }>(
      'select problem from inquiry where id = $1 and answered_at is not null',
      [rows[0]?.id],
    )
    if (reply.rows[0]) return reply.rows[0].problem ?? 'It was believed.'
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return 'Nobody answered.'
}

async function smuggle(
  { id: from }: Operation,
  { state, need, glass }: { state: string; need: unknown; glass: boolean },
): Promise<string> {
  const id = randomUUID()
  await inTransaction(stage.web, async (tx) => {
    await tx.query(
      `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                              requested_at, approval_need, is_break_glass)
       select $2, cluster_id, cluster_name, kind, lane, $3, plan, plan_hash, 'nobody else answers, so it goes alone', actor_id,
              actor_name, clock_timestamp(), $4, $5 from operation where id = $1`,
      [from, id, state, need === null || need === undefined ? null : JSON.stringify(need), glass],
    )
    await tx.query(
      `insert into operation_step (operation_id, n, name, title, state)
       select $2, n, name, title, state from operation_step where operation_id = $1`,
      [from, id],
    )
    await enqueueOperation(stage.web, tx, id)
  })
  return id
}
