import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { afterTakeover } from '#domain/testing/change.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { openTestConsole, type TestConsole, type TestPerson } from '#server/api/testing/console.ts'
import { answerRest } from '#server/api/rest/answer.ts'
import { listenWith } from '#server/api/testing/listener.ts'
import { ApprovalStage, type Person } from '#server/operations/approvals/testing/approval-stage.ts'
import { sweepRequests } from '#server/operations/approvals/sweep-requests.ts'
import { planHash } from '#server/operations/engine/plan-hash.ts'
import { enqueueOperation } from '#server/operations/engine/queue.ts'
import { takeQueued } from '#server/operations/engine/take-queued.ts'
import { seedCluster } from '#server/operations/testing/seed.ts'
import { findCluster } from '#server/store/clusters.ts'
import { inTransaction } from '#server/store/open.ts'
import { findOperation } from '#server/store/operations.ts'
import { openTestStore } from '#tools/testing/store.ts'

let stage: ApprovalStage
let console: TestConsole
let ada: TestPerson
let bob: Person
let taking: NodeJS.Timeout

beforeAll(async () => {
  stage = await ApprovalStage.open(await openTestStore({ max: 10 }))
  console = await openTestConsole(stage.store)
  ada = await console.signedIn('admin')
  bob = await stage.person('Bob', 'admin')
  // One that is under way at the end finds no engine any more.
  taking = setInterval(() => void takeQueued().catch(() => {}), 100)
})

afterAll(async () => {
  clearInterval(taking)
  await console[Symbol.asyncDispose]()
  await stage[Symbol.asyncDispose]()
})

const twoPersons = { acts: ['remove-cluster'] as ['remove-cluster'] }

describe('without a policy', () => {
  test('it is gone at the answer, by one typed name; records and operation stay, for those who may read everything', async () => {
    const cluster = await seedCluster(stage.store, 'plain')
    await furnish(cluster)
    const mistyped = await ask(cluster, { confirmName: 'Plain' })
    expect(mistyped.status).toBe(400)
    const operation = await operationIn(await ask(cluster))
    expect(operation).toMatchObject({ kind: 'remove-cluster', state: 'succeeded', approval: null })
    expect(operation.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'preflight done',
      'forget done',
      'verify done',
    ])
    expect(await findCluster(stage.store, 'plain')).toBeNull()
    expect(await stage.actions(operation)).toEqual([
      'clusters.remove requested',
      'clusters.remove done',
      'operations.remove-cluster done',
    ])
    const { rows } = await stage.store.pool.query(
      `select detail->'before'->'endpoints'->'patroniUrls'->>0 as url from audit_event
        where operation_id = $1 and action = 'clusters.remove' and outcome = 'done'`,
      [operation.id],
    )
    expect(rows).toEqual([{ url: expect.stringMatching(/^http/) }])
    expect(await readers(operation)).toEqual({ everywhere: 200, elsewhere: 404 })
  })

  test('its alerts end, and its incidents are closed', async () => {
    const cluster = await seedCluster(stage.store, 'alerting')
    await furnish(cluster)
    await operationIn(await ask(cluster))
    const { rows } = await stage.store.pool.query(
      `select a.state, i.closed_at is not null as closed from alert a join incident i on i.id = a.incident_id
        where a.cluster_id = $1`,
      [cluster.id],
    )
    expect(rows).toEqual([{ state: 'resolved', closed: true }])
  })

  test('one that nobody has looked at is removed as well', async () => {
    const cluster = await seedCluster(stage.store, 'unseen')
    await stage.store.pool.query('delete from latest_snapshot where cluster_id = $1', [cluster.id])
    expect(await operationIn(await ask(cluster))).toMatchObject({ state: 'succeeded' })
  })

  test('while something is under way on it, it is refused and says what', async () => {
    const cluster = await seedCluster(stage.store, 'busy')
    await stage.store.pool.query(
      `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name)
       values (gen_random_uuid(), $1, 'busy', 'backup', 'backup', 'running', '{}', '', 'the night', 'x', 'Grace')`,
      [cluster.id],
    )
    const answer = await ask(cluster)
    expect(answer.status).toBe(412)
    expect(await answer.text()).toMatch(/Grace has been taking a backup on busy since .*Remove it when that has ended/)
    expect(await findCluster(stage.store, 'busy')).not.toBeNull()
  })

  test('with the plan of before, edited since, nothing is removed', async () => {
    const cluster = await seedCluster(stage.store, 'edited')
    const preview = await console.query('clusters.previewRemoval', { name: 'edited' }, { cookie: ada.cookie })
    const plan = await answerOf<Operation['plan']>(preview)
    expect(plan).toMatchObject({ kind: 'remove-cluster', blockers: [] })
    await edit(cluster)
    const id = await smuggle(cluster, ada, plan)
    expect(await endOf(id)).toMatchObject({
      state: 'refused',
      outcome: expect.stringContaining('was edited after its removal was asked for'),
    })
    expect(await findCluster(stage.store, 'edited')).not.toBeNull()
  })
})

test(
  'by the command line: the plan, the cluster as it was, or the request that waits',
  { timeout: 240_000 },
  async () => {
    await using listener = await listenWith((request) => answerRest(console.services, request))
    const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
    await seedCluster(stage.store, 'by-line')
    await stage.governed('by-line-two', twoPersons)
    expect(await matriarch(env, ['by-line'])).toMatchObject([
      2,
      expect.stringContaining('by-line itself is not touched'),
    ])
    const [code, told] = await matriarch(env, ['by-line', '--yes', '--json'])
    expect([code, JSON.parse(told)]).toMatchObject([0, { name: 'by-line', leader: 'pg-node-3' }])
    expect(await findCluster(stage.store, 'by-line')).toBeNull()
    expect(await matriarch(env, ['by-line-two', '--yes'])).toMatchObject([3, ''])
    expect(await matriarch(env, ['by-line-two', '--yes', '--ask-approval'])).toMatchObject([
      3,
      expect.stringContaining('It waits for approval'),
    ])
  },
)

describe('with a policy for two persons', () => {
  test('alone it is refused; proposed, approved by another and run by who asked, a worker removes it', async () => {
    const cluster = await stage.governed('governed', twoPersons)
    const alone = await ask(cluster)
    expect(alone.status).toBe(412)
    expect(await alone.text()).toContain('another person approves it')
    const asked = await operationIn(await ask(cluster, { approval: 'ask' }))
    expect(asked).toMatchObject({ state: 'proposed', approval: { need: { approvals: 1 } } })
    await expect(stage.decide(asked, person(ada), 'approve', '000000')).rejects.toThrow('You asked for this yourself')
    await stage.decide(asked, bob)
    await stage.run(asked, person(ada))
    expect(await stage.ended(asked)).toMatchObject({ state: 'succeeded' })
    expect(await findCluster(stage.store, 'governed')).toBeNull()
    const { rows } = await stage.store.pool.query(
      `select detail->'approvals'->0->'approver'->>'name' as by from audit_event
        where operation_id = $1 and action = 'clusters.remove' and outcome = 'done'`,
      [asked.id],
    )
    expect(rows).toEqual([{ by: bob.name }])
  })

  test('it is void once the cluster was edited', async () => {
    const cluster = await stage.governed('void-edited', twoPersons)
    const asked = await operationIn(await ask(cluster, { approval: 'ask' }))
    await stage.decide(asked, bob)
    await edit(cluster)
    await expect(stage.run(asked, person(ada))).rejects.toThrow(
      'void-edited was edited after its removal was asked for. The request is void',
    )
    expect(await stage.now(asked)).toMatchObject({ state: 'refused' })
    expect(await findCluster(stage.store, 'void-edited')).not.toBeNull()
  })

  test('it is void once another leads', async () => {
    const cluster = await stage.governed('void-led', twoPersons)
    const asked = await operationIn(await ask(cluster, { approval: 'ask' }))
    await stage.see(cluster, afterTakeover(healthyWorld(new Date()), 1))
    expect(await sweepRequests(stage.store)).toContain(asked.id)
  })

  test('it is void once the approver is disabled', async () => {
    const gone = await stage.person('Gone', 'admin')
    const asked = await operationIn(await ask(await stage.governed('void-approver', twoPersons), { approval: 'ask' }))
    await stage.decide(asked, gone)
    await stage.store.pool.query('update app_user set disabled_at = now() where id = $1', [gone.id])
    await expect(stage.run(asked, person(ada))).rejects.toThrow(`The approval by ${gone.name} does not count any more.`)
    expect(await findCluster(stage.store, 'void-approver')).not.toBeNull()
  })

  test('one person breaks the glass: it is done, and told', async () => {
    const cluster = await stage.governed('glass', twoPersons)
    const reason = 'it was never ours, and its alerts wake everybody'
    const operation = await operationIn(await ask(cluster, { approval: 'break-glass', reason }))
    expect(operation).toMatchObject({ state: 'succeeded', isBreakGlass: true })
    expect(await stage.actions(operation)).toContain('operations.breakGlass done')
    expect(await findCluster(stage.store, 'glass')).toBeNull()
  })

  test("with the web tier's role nobody deletes a cluster, puts another in its place or has a worker do it unapproved", async () => {
    const cluster = await stage.governed('kept', { ...twoPersons, allowsBreakGlass: false })
    const denied = (sql: string) => expect(stage.web.pool.query(sql, [cluster.id])).rejects.toThrow(/permission denied/)
    await denied('delete from cluster where id = $1')
    await denied('update cluster set id = gen_random_uuid() where id = $1')
    await denied('delete from approval_policy where scope_cluster_id = $1')
    const preview = await console.query('clusters.previewRemoval', { name: 'kept' }, { cookie: ada.cookie })
    const id = await smuggle(cluster, ada, await answerOf<Operation['plan']>(preview))
    expect(await endOf(id)).toMatchObject({
      state: 'refused',
      outcome: expect.stringContaining('It was not asked for approval, so nothing was done'),
    })
    expect(await findCluster(stage.store, 'kept')).not.toBeNull()
  })
})

function matriarch(env: Record<string, string>, args: string[]): Promise<[number, string]> {
  const file = fileURLToPath(new URL('../../bin/matriarch', import.meta.url))
  return new Promise((resolve) => {
    const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
    execFile(file, ['clusters', 'remove', ...args], options, (error, stdout) =>
      resolve([error === null ? 0 : Number(error.code), stdout]),
    )
  })
}

function ask(cluster: ClusterConfig, part: Record<string, unknown> = {}): Promise<Response> {
  const said = { confirmName: cluster.name, reason: 'it was switched off', idempotencyKey: randomUUID() }
  return console.command('clusters.remove', { name: cluster.name, ...said, ...part }, { cookie: ada.cookie })
}

async function operationIn(response: Response): Promise<Operation> {
  expect(response.status).toBe(200)
  return stage.now(await answerOf<Operation>(response))
}

async function answerOf<T>(response: Response): Promise<T> {
  const body: { result: { data: { json: T } } } = await response.json()
  return body.result.data.json
}

function person({ id, email }: TestPerson): Person {
  return { id, name: email, kind: 'user' }
}

async function edit({ id }: ClusterConfig): Promise<void> {
  await stage.web.pool.query(`update cluster set labels = '{edited}', updated_at = now() where id = $1`, [id])
}

/** What a cluster has that goes with it, and what outlives it. */
async function furnish({ id, name }: ClusterConfig): Promise<void> {
  const { pool } = stage.store
  await pool.query(
    `insert into app_grant (user_id, role, scope, cluster_id, granted_by) values ($1, 'viewer', 'cluster', $2, 'x')`,
    [bob.id, id],
  )
  await pool.query(`insert into secret (cluster_id, name, sealed) values ($1, 'patroni-password', '\\x00')`, [id])
  const incident = randomUUID()
  await pool.query(
    `insert into incident (id, cluster_id, cluster_name, cause, severity, sentence, opened_at)
     values ($1, $2, $3, 'lag', 'warning', 'Something.', now())`,
    [incident, id, name],
  )
  await pool.query(
    `insert into alert (id, cluster_id, cluster_name, rule_id, title, subject, severity, cause, state, summary, since, counts_from,
                        fired_at, held_at, facts, incident_id)
     values (gen_random_uuid(), $1, $2, 'lag', 'Lag', 'x', 'warning', 'lag', 'firing', 'Lag.', now(), now(), now(), now(), '{}', $3)`,
    [id, name, incident],
  )
}

async function readers({ id }: Operation): Promise<{ everywhere: number; elsewhere: number }> {
  const other = await seedCluster(stage.store, `other-${randomUUID().slice(0, 8)}`)
  const scope = { kind: 'cluster', clusterId: other.id } as const
  const read = async (held: Parameters<TestConsole['signedIn']>[0]) => {
    const { cookie } = await console.signedIn(held)
    return (await console.query('operations.get', { id }, { cookie })).status
  }
  return { everywhere: await read('viewer'), elsewhere: await read([{ role: 'admin', scope }]) }
}

/** As somebody does who has the web tier's database role. */
async function smuggle(cluster: ClusterConfig, by: TestPerson, plan: Operation['plan']): Promise<string> {
  const id = randomUUID()
  await inTransaction(stage.web, async (tx) => {
    await tx.query(
      `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name, requested_at)
       values ($1, $2, $3, 'remove-cluster', 'lead', 'planned', $4, $5, 'because', $6, $7, clock_timestamp())`,
      [id, cluster.id, cluster.name, JSON.stringify(plan), planHash(plan), by.id, by.email],
    )
    for (const [n, name] of ['preflight', 'forget', 'verify'].entries())
      await tx.query(
        `insert into operation_step (operation_id, n, name, title, state) values ($1, $2, $3, $3, 'pending')`,
        [id, n + 1, name],
      )
    await enqueueOperation(stage.web, tx, id)
  })
  return id
}

async function endOf(id: string): Promise<Operation> {
  const found = await findOperation(stage.store, id)
  if (!found) throw new Error('It was not kept.')
  return stage.ended(found)
}
