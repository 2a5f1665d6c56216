import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { afterTakeover, withMember } from '#domain/testing/change.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { everywhere } from '#domain/people/grant.ts'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { insertToken } from '#server/store/tokens.ts'
import { activeOperation } from '#server/store/operations.ts'
import { sweepRequests } from './sweep-requests.ts'
import { ApprovalStage, type Person } from './testing/approval-stage.ts'

let stage: ApprovalStage
let ada: Person
let bob: Person
let cem: Person

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  ada = await stage.person('Ada', 'operator')
  bob = await stage.person('Bob', 'admin')
  cem = await stage.person('Cem', 'admin')
})

afterAll(() => stage[Symbol.asyncDispose]())

test('an act that a policy governs is refused with a sentence where no approval is asked for', async () => {
  const cluster = await stage.governed('governed')
  await expect(stage.ask(cluster, ada, { approval: undefined })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringMatching(
      /By the policy of governed .* another person approves it.*Ask for approval, or break the glass/,
    ),
  })
})

test('a request holds no lane, is approved by another, and is then run by who asked', async () => {
  const cluster = await stage.governed('whole')
  const asked = await stage.ask(cluster, ada)
  expect(asked).toMatchObject({ state: 'proposed', approval: { need: { approvals: 1 }, decisions: [] } })
  expect(await activeOperation(stage.store, cluster.id)).toBeNull()
  await expect(stage.run(asked, ada)).rejects.toThrow('One approval is missing still. Nothing was done.')

  await stage.decide(asked, bob)
  await expect(stage.run(asked, bob)).rejects.toThrow(`${ada.name} asked for this, and alone can run it.`)
  await stage.run(asked, ada)
  expect((await activeOperation(stage.store, cluster.id))?.id).toBe(asked.id)
  // Approved, it comes as far as any other: to the cluster, which cannot be reached here.
  expect(await stage.ended(asked)).toMatchObject({
    state: 'failed',
    outcome: 'There is no way to this cluster. Nothing was sent to whole.',
    planHash: asked.planHash,
    approval: { decisions: [{ approver: { name: bob.name }, decision: 'approve' }] },
  })
  expect(await stage.actions(asked)).toEqual([
    'switchover.request requested',
    'approvals.approve done',
    'approvals.run requested',
    'operations.switchover failed',
  ])
  const { rows } = await stage.store.pool.query(
    `select detail->'requestedBy'->>'name' as asked, detail->'by'->>'name' as by, detail->'plan'->>'candidate' as candidate
       from audit_event where operation_id = $1 and action = 'approvals.approve'`,
    [asked.id],
  )
  expect(rows).toEqual([{ asked: ada.name, by: bob.name, candidate: 'pg-node-1' }])
  await expect(stage.run(asked, ada)).rejects.toThrow('There is no way to this cluster.')
})

test('a rejection ends it with its reason', async () => {
  const asked = await stage.ask(await stage.governed('rejected'), ada)
  await stage.decide(asked, bob, 'reject')
  expect(await stage.now(asked)).toMatchObject({
    state: 'refused',
    outcome: `${bob.name} rejected it: Not before the weekend.`,
  })
})

describe('who may not approve is told why', () => {
  test('whoever asked', async () => {
    const asked = await stage.ask(await stage.governed('own'), bob)
    await expect(stage.decide(asked, bob)).rejects.toThrow('You asked for this yourself')
  })

  test('the same person twice', async () => {
    const asked = await stage.ask(await stage.governed('twice', { approvals: 2 }), ada)
    await stage.decide(asked, bob)
    await expect(stage.decide(asked, bob)).rejects.toThrow('You approved this already; another approval has to come')
    await expect(stage.run(asked, ada)).rejects.toThrow('One approval is missing still')
    await stage.decide(asked, cem)
    await stage.run(asked, ada)
    expect(await stage.ended(asked)).toMatchObject({ state: 'failed' })
  })

  test('somebody without the right', async () => {
    const operator = await stage.person('Dan', 'operator')
    const asked = await stage.ask(await stage.governed('no-right'), ada)
    await expect(stage.decide(asked, operator)).rejects.toThrow('has no role any more that allows this')
  })

  test('who holds the right elsewhere; by a label it holds as long as the cluster carries it', async () => {
    const [here, elsewhere] = [await stage.governed('here'), await stage.governed('elsewhere')]
    await stage.store.pool.query(`update cluster set labels = '{near}' where id = $1`, [here.id])
    const away = await stage.person('Away', [
      { role: 'approver', scope: { kind: 'cluster', clusterId: elsewhere.id } },
      { role: 'viewer', scope: { kind: 'all' } },
    ])
    const near = await stage.person('Near', [{ role: 'approver', scope: { kind: 'label', label: 'near' } }])
    const asked = await stage.ask(here, ada)
    await expect(stage.decide(asked, away)).rejects.toThrow('has no role any more that allows this')
    await stage.decide(asked, near)
    await stage.store.pool.query(`update cluster set labels = '{far}' where id = $1`, [here.id])
    await expect(stage.run(asked, ada)).rejects.toThrow(/does not count any more. .* has no role any more/)
  })

  test('who made the token that asked', async () => {
    const grants = [everywhere('operator')]
    const wanted = { name: 'ci', grants, hash: 'x', createdBy: 'somebody', ownerId: bob.id, expiresInDays: 1 }
    const id = (await insertToken(stage.store.pool, wanted))?.id ?? ''
    const asked = await stage.ask(await stage.governed('by-own-token'), { id, name: 'ci', kind: 'token' })
    await expect(stage.decide(asked, bob)).rejects.toThrow('You asked for this yourself')
    await stage.decide(asked, cem)
  })

  test('who set the policy', async () => {
    const cluster = await stage.governed('own-policy')
    await stage.policy(cluster, {}, bob.id)
    const asked = await stage.ask(cluster, ada)
    await expect(stage.decide(asked, bob)).rejects.toThrow('You set the policy')
    await stage.decide(asked, cem)
  })

  test('who proves nothing: no factor vouched for, a wrong code, one given for something else, one used before', async () => {
    const stranger = await stage.person('Eli', 'admin', { isVouched: false })
    const asked = await stage.ask(await stage.governed('unproven', { approvals: 2 }), ada)
    await expect(stage.decide(asked, stranger)).rejects.toThrow('Nobody has vouched')
    await expect(stage.decide(asked, bob, 'approve', '000000')).rejects.toThrow('The code is wrong')
    const code = await stage.code(bob.id)
    await stage.decide(asked, bob, 'approve', code)
    const other = await stage.ask(await stage.governed('unproven-2'), ada)
    await expect(stage.decide(other, bob, 'approve', code)).rejects.toThrow('This code was used before')
    expect((await stage.now(other)).approval?.decisions).toEqual([])
  })
})

describe('what changed since the approval makes the worker refuse', () => {
  const now = () => healthyWorld(new Date())
  type Change = (cluster: ClusterConfig, asked: Operation, approver: Person, requester: Person) => Promise<unknown>
  const update = (sql: string, values: unknown[]) => stage.store.pool.query(sql, values)
  const cases: [string, Change, RegExp][] = [
    [
      'the plan was edited',
      (_, { id }) =>
        update(`update operation set plan = jsonb_set(plan, '{candidate}', '"pg-node-2"') where id = $1`, [id]),
      /plan was changed/,
    ],
    [
      'the plan was edited with its hash',
      (_, { id }) => update(`update operation set plan_hash = repeat('0', 64) where id = $1`, [id]),
      /plan was changed|not what stands here/,
    ],
    ['the leader changed', (cluster) => stage.see(cluster, afterTakeover(now(), 1)), /pg-node-1 leads now|timeline/],
    [
      'the timeline changed',
      (cluster) => stage.see(cluster, { ...withMember(now(), 'pg-node-3', { timeline: 5 }) }),
      /on timeline 5 now/,
    ],
    [
      'the approver was disabled',
      (_, __, approver) => update('update app_user set disabled_at = now() where id = $1', [approver.id]),
      /approval by .* does not count any more. .* has been disabled since/,
    ],
    [
      "the approver's right is gone",
      (_, __, approver) => update(`update app_grant set role = 'viewer' where user_id = $1`, [approver.id]),
      /does not count any more. .* has no role any more/,
    ],
    [
      'whoever asked was disabled',
      (_, __, ___, requester) => update('update app_user set disabled_at = now() where id = $1', [requester.id]),
      /has been disabled since/,
    ],
    [
      'the time is over',
      (_, { id }) =>
        update(`alter table approval disable trigger approval_kept`, [])
          .then(() => update(`update approval set at = at - interval '16 minutes' where operation_id = $1`, [id]))
          .then(() => update(`alter table approval enable always trigger approval_kept`, [])),
      /not run within 15 min/,
    ],
    ['the policy is stricter', (cluster) => stage.policy(cluster, { approvals: 2 }), /made stricter since/],
  ]

  test.each(cases)('%s, before it is run', async (name, change, says) => {
    const { cluster, asked, approver, requester } = await approved(name)
    await change(cluster, asked, approver, requester)
    await expect(stage.run(asked, requester)).rejects.toThrow(says)
    expect(await stage.ended(asked)).toMatchObject({ state: 'refused', outcome: expect.stringMatching(says) })
  })

  test.each(cases)('%s, after it was let go ahead and before it begins', async (name, change, says) => {
    const { cluster, asked, approver, requester } = await approved(`${name} late`)
    await stage.run(asked, requester)
    await change(cluster, asked, approver, requester)
    const ended = await stage.ended(asked)
    expect(ended.outcome).toMatch(says)
    expect(ended.steps.every(({ startedAt }) => startedAt === null)).toBe(true)
  })

  test.each(cases)('%s, found by the sweep while nobody runs it', async (name, change, says) => {
    const { cluster, asked, approver, requester } = await approved(`${name} swept`)
    await sweepRequests(stage.store)
    expect((await stage.now(asked)).state).toBe('proposed')
    await change(cluster, asked, approver, requester)
    expect(await sweepRequests(stage.store)).toEqual([asked.id])
    expect(await stage.now(asked)).toMatchObject({ state: 'refused', outcome: expect.stringMatching(says) })
    expect((await stage.actions(asked)).slice(-2)[0]).toMatch(/^approvals\.(void|expire) done$/)
  })

  async function approved(name: string) {
    const cluster = await stage.governed(name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60))
    const approver = await stage.person('Approver', 'admin')
    const requester = await stage.person('Requester', 'operator')
    const asked = await stage.ask(cluster, requester)
    await stage.decide(asked, approver)
    return { cluster, asked, approver, requester }
  }
})

test('what nobody approves runs out, and what is taken back ends as cancelled', async () => {
  const old = await stage.ask(await stage.governed('old'), ada)
  await stage.store.pool.query(`update operation set requested_at = now() - interval '61 minutes' where id = $1`, [
    old.id,
  ])
  const back = await stage.ask(await stage.governed('back'), ada)
  await stage.web.pool.query('update operation set cancel_asked_by = $2 where id = $1', [back.id, ada.name])
  await sweepRequests(stage.store)
  expect(await stage.now(old)).toMatchObject({
    state: 'refused',
    outcome: expect.stringContaining('1 approval was missing'),
  })
  expect(await stage.now(back)).toMatchObject({
    state: 'cancelled',
    outcome: `${ada.name} took the request back. Nothing was done.`,
  })
  const { rows } = await stage.store.pool.query(`select kind from event where operation_id = $1 order by id`, [old.id])
  expect(rows).toEqual([{ kind: 'approval-asked' }, { kind: 'operation-ended' }])
})

test('let go ahead many times at once, and begun anew after its worker is gone, it is run once', async () => {
  const cluster = await stage.governed('once')
  const asked = await stage.ask(cluster, ada)
  await stage.decide(asked, bob)
  // Nobody takes it: the worker dies between the approval and the start.
  await stage.stop()
  const answers = await Promise.allSettled([stage.run(asked, ada), stage.run(asked, ada), stage.run(asked, ada)])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await stage.start()
  expect(await stage.ended(asked)).toMatchObject({ state: 'failed', epoch: 1 })
  const { rows } = await stage.store.pool.query(
    'select count(*)::int as n from dbos.workflow_status where workflow_uuid = $1',
    [asked.id],
  )
  expect(rows).toEqual([{ n: 1 }])
  expect((await stage.actions(asked)).filter((entry) => entry.startsWith('operations.switchover'))).toHaveLength(1)
})

test('while somebody else holds the lane it is not let go ahead, and stays approved', async () => {
  const cluster = await stage.governed('held')
  const asked = await stage.ask(cluster, ada)
  await stage.decide(asked, bob)
  const alone = await stage.ask(cluster, cem, {
    approval: 'break-glass',
    reason: 'the site is down and nobody answers',
  })
  await expect(stage.run(asked, ada)).rejects.toThrow(/has been switching over on held since/)
  expect((await stage.now(asked)).state).toBe('proposed')
  await stage.ended(alone)
})

describe('one person alone', () => {
  test('is told to everybody and marked for ever', async () => {
    const cluster = await stage.governed('glass')
    const reason = 'the site is down and nobody answers'
    const asked = await stage.ask(cluster, ada, { approval: 'break-glass', reason })
    const ended = await stage.ended(asked)
    expect(ended).toMatchObject({ state: 'failed', isBreakGlass: true })
    const events = await stage.store.pool.query(
      `select kind, severity, sentence from event where operation_id = $1 order by id`,
      [asked.id],
    )
    expect(events.rows[0]).toMatchObject({
      kind: 'glass-broken',
      severity: 'critical',
      sentence: `${ada.name} broke the glass: switching over on glass without approval, because “${reason}”.`,
    })
    const marked = await stage.store.pool.query(
      `select action from audit_event where operation_id = $1 and detail->>'breakGlass' = 'true' order by seq`,
      [asked.id],
    )
    expect(marked.rows.map(({ action }) => action)).toEqual([
      'switchover.request',
      'operations.breakGlass',
      'operations.switchover',
    ])
  })

  test('needs a reason of some length, and a policy that lets one', async () => {
    const cluster = await stage.governed('glass-short')
    await expect(stage.ask(cluster, ada, { approval: 'break-glass', reason: 'it is broken' })).rejects.toThrow(
      'at least 20 characters',
    )
    const strict = await stage.governed('glass-none', { allowsBreakGlass: false })
    const reason = 'the site is down and nobody answers'
    await expect(stage.ask(strict, ada, { approval: 'break-glass', reason })).rejects.toThrow('lets nobody act alone')
  })
})

test('without a policy nothing changes, and asking for approval is asking', async () => {
  const { seedCluster } = await import('../testing/seed.ts')
  const cluster = await seedCluster(stage.store, 'free')
  expect(await stage.ask(cluster, ada)).toMatchObject({ state: 'planned', approval: null })
})
