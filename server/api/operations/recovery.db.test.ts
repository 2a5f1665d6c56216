import { DBOS } from '@dbos-inc/dbos-sdk'
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { madeCommitsLost } from '#domain/testing/commits-lost-made.ts'
import { answerInquiry, takeInquiries, tellProgress } from '#server/store/inquiries.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { makeRecoverable, minuteBefore } from '../testing/recoverable.ts'
import { addCluster } from '../testing/sweep.ts'

let owner: TestStore
let console: TestConsole
let token: string
let clusterId: string
let now: Date

beforeAll(async () => {
  owner = await openTestStore()
  await DBOS.migrate(owner.url)
  console = await openTestConsole(owner)
  token = await console.token('operator')
})

afterAll(async () => {
  await console[Symbol.asyncDispose]()
  await owner[Symbol.asyncDispose]()
})

beforeEach(async () => {
  await owner.pool.query('delete from operation')
  await owner.pool.query('delete from cluster')
  await owner.pool.query('delete from inquiry')
  clusterId = randomUUID()
  now = new Date()
  await addCluster(owner, clusterId)
  await makeRecoverable(owner, clusterId, now)
})

const anything = z.record(z.string(), z.unknown())

async function ask(method: string, path: string, body?: unknown) {
  const response = await console.rest(method, path, { token, ...(body !== undefined && { body }) })
  return { status: response.status, body: anything.parse(await response.json()) }
}

const minute9 = () => ({ type: 'time', at: minuteBefore(now, 9).toISOString() })

async function requestRestore(change: object = {}) {
  const plan = await ask('POST', '/clusters/main/restore/plan', { target: minute9() })
  const { leader, timeline, systemIdentifier } = plan.body
  const expected = { leader, timeline, systemIdentifier }
  const said = { reason: 'a table was dropped', confirmName: 'main', expected }
  return ask('POST', '/clusters/main/restore', { target: minute9(), ...said, ...change })
}

test('a recovery is planned with what workers saw of backups and nodes', async () => {
  const { status, body } = await ask('POST', '/clusters/main/restore/plan', { target: minute9(), check: 'select 1' })
  expect([status, body]).toMatchObject([
    200,
    {
      kind: 'restore',
      node: 'pg-node-3',
      set: '20261124-000700F',
      repository: 1,
      wayBack: 'aside',
      space: { freeBytes: 50_000_000_000 },
      check: 'select 1',
      commitsAlone: false,
      clientsBack: 'writable',
      blockers: [],
    },
  ])
  const late = { type: 'time', at: minuteBefore(now, 200).toISOString() }
  const refused = await ask('POST', '/clusters/main/restore/plan', { target: late })
  expect(refused.body['blockers']).not.toEqual([])
})

test('a recovery that is asked for becomes an operation; what it was not confirmed for is refused', async () => {
  expect((await requestRestore({ confirmName: 'mian' })).body).toMatchObject({ fields: [{ field: 'confirmName' }] })
  const elsewhere = { leader: 'pg-node-1', timeline: 4, systemIdentifier: null }
  expect((await requestRestore({ expected: elsewhere })).body).toMatchObject({ code: 'refused' })
  const { status, body } = await requestRestore()
  expect([status, body]).toMatchObject([202, { kind: 'restore', state: 'planned', plan: { target: { type: 'time' } } }])
  expect((await requestRestore()).status).toBe(409)
  const { rows } = await owner.pool.query(
    `select outcome from audit_event where action = 'restores.request' and cluster_id = $1 order by seq`,
    [clusterId],
  )
  expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'requested', 'refused'])
})

test('how long it will take goes by a recovery of before, by its own steps', async () => {
  const wish = { target: minute9() }
  expect((await ask('POST', '/clusters/main/restore/plan', wish)).body).toMatchObject({ expectedMs: null })
  const { id } = (await requestRestore()).body
  await owner.pool.query('delete from operation_step')
  await owner.pool.query(
    `insert into operation_step (operation_id, n, name, title, state, started_at, ended_at)
     select $1, n, name, name, 'done', now() - interval '90 seconds', now()
       from (values (1, 'restore'), (2, 'recover')) as s (n, name)`,
    [id],
  )
  await owner.pool.query(`update operation set state = 'succeeded', ended_at = now(), outcome = 'Done.'`)
  const expected = { expectedMs: 180_000, space: { neededBytes: 1_100_000 } }
  expect((await ask('POST', '/clusters/main/restore/plan', wish)).body).toMatchObject(expected)
})

test('a question is answered once, on the way that is open', async () => {
  const { body } = await requestRestore()
  const id = String(body['id'])
  const decide = (way: string, more: object = {}) =>
    ask('POST', `/operations/${id}/decision`, { step: 12, way, reason: 'it looks right', ...more })
  expect((await decide('commit')).body).toMatchObject({ code: 'refused' })
  const ways = ['commit', 'move', 'abandon'].map((kind) => ({ kind, title: kind, sentence: kind, isFinal: false }))
  await owner.pool.query(`update operation set state = 'waiting', question = $2 where id = $1`, [
    id,
    JSON.stringify({ step: 12, sentence: 'Is it right?', ways, askedAt: now }),
  ])
  expect((await ask('GET', `/operations/${id}`)).body).toMatchObject({ question: { step: 12 }, decisions: [] })
  expect((await decide('retry')).body).toMatchObject({ code: 'refused' })
  expect((await decide('move')).body).toMatchObject({ fields: [{ field: 'target' }] })
  expect((await decide('abandon', { step: 11 })).body).toMatchObject({ code: 'refused' })
  const decided = await decide('commit')
  expect([decided.status, decided.body]).toMatchObject([
    202,
    { decisions: [{ step: 12, way: 'commit', target: null, reason: 'it looks right' }] },
  ])
  expect((await decide('abandon')).status).toBe(409)
  const viewer = await console.token('viewer')
  const forbidden = { token: viewer, body: { step: 12, way: 'commit', reason: 'let me' } }
  expect((await console.rest('POST', `/operations/${id}/decision`, forbidden)).status).toBe(403)
})

test('archived WAL is read once for all who ask, and a worker that cannot says why', async () => {
  const path = `/clusters/main/restore/commits?fromAt=${minuteBefore(now, 5).toISOString()}&toAt=${now.toISOString()}`
  const first = await ask('GET', path)
  expect([first.status, first.body]).toMatchObject([
    200,
    { state: 'reading', since: expect.any(String), progress: null },
  ])
  expect((await ask('GET', path)).body).toEqual(first.body)
  const [inquiry, ...others] = await takeInquiries(owner)
  expect(await tellProgress(owner, inquiry?.id ?? '', { read: 3, total: 24 })).toBe(true)
  expect((await ask('GET', path)).body).toMatchObject({ state: 'reading', progress: { read: 3, total: 24 } })
  expect([inquiry, others]).toMatchObject([{ kind: 'wal-commits', input: { clusterId, repository: null } }, []])
  const commit = { xid: '741', at: now, lsn: '0/1', timeline: 4, kind: 'drop', relations: ['orders'], deletedRows: 0 }
  const found = {
    commits: [commit],
    problems: [],
    firstAt: now,
    lastAt: null,
    segments: { count: 1, first: 'a', last: 'a' },
    isCut: false,
    node: 'pg-node-1',
    repository: 1,
  }
  await answerInquiry(owner, inquiry?.id ?? '', { answer: found })
  expect((await ask('GET', path)).body).toEqual({ state: 'done', found: JSON.parse(JSON.stringify(found)) })
  const other = `${path}&repository=2`
  await ask('GET', other)
  const [second] = await takeInquiries(owner)
  await answerInquiry(owner, second?.id ?? '', { problem: 'Nobody can read it.' })
  expect((await ask('GET', other)).body).toMatchObject({ code: 'refused', detail: 'Nobody can read it.' })
  const third = `${path}&repository=1`
  await ask('GET', third)
  const [taken] = await takeInquiries(owner)
  const same = { fromAt: minuteBefore(now, 5).toISOString(), toAt: now.toISOString(), repository: 1 }
  const stop = '/clusters/main/restore/commits/stop'
  const viewer = await console.token('viewer')
  expect((await console.rest('POST', stop, { token: viewer, body: same })).status).toBe(403)
  expect((await ask('GET', `${third}&wish=stop`)).status, 'a look changes nothing').toBe(400)
  expect(await takeInquiries(owner)).toEqual([])
  expect((await ask('POST', stop, same)).body).toEqual({ cluster: 'main' })
  const [wish] = await takeInquiries(owner)
  expect(wish).toMatchObject({ kind: 'stop', input: { kind: 'wal-commits', input: taken?.input } })
  const { rows } = await owner.pool.query(
    `select outcome from audit_event where action = 'restores.stopCommits' order by outcome`,
  )
  expect(rows).toEqual([{ outcome: 'done' }, { outcome: 'refused' }])
  const reversed = `/clusters/main/restore/commits?toAt=${minuteBefore(now, 5).toISOString()}&fromAt=${now.toISOString()}`
  expect((await ask('GET', reversed)).body).toMatchObject({ fields: [{ field: 'toAt' }] })
})

test('what a target gives up is counted by a worker, and the plan and the recovery tell of it', async () => {
  const wish = { target: minute9() }
  const { target } = wish
  const path = '/clusters/main/restore/lost'
  const viewer = await console.token('viewer')
  expect((await console.rest('POST', path, { token: viewer, body: { target, repository: 1 } })).status).toBe(403)
  const counting = await ask('POST', path, { target, repository: 1 })
  expect([counting.status, counting.body]).toMatchObject([200, { state: 'reading', progress: null }])
  const [inquiry] = await takeInquiries(owner)
  expect(inquiry).toMatchObject({ kind: 'wal-count', input: { clusterId, target, repository: 1 } })
  expect((await ask('POST', '/clusters/main/restore/plan', wish)).body).not.toHaveProperty('loss.commits')
  const lost = madeCommitsLost({ countedAt: now, lastAt: now })
  await answerInquiry(owner, inquiry?.id ?? '', { answer: lost })
  const told: unknown = JSON.parse(JSON.stringify(lost))
  expect((await ask('POST', path, { target, repository: 1 })).body).toEqual({ state: 'done', lost: told })
  expect((await ask('POST', '/clusters/main/restore/plan', wish)).body).toMatchObject({ loss: { commits: told } })
  // A minute later it is told as what was counted then, and who asks has it counted anew.
  await owner.pool.query(`update inquiry set answered_at = now() - interval '2 minutes' where kind = 'wal-count'`)
  expect((await ask('POST', path, { target, repository: 1 })).body).toMatchObject({ state: 'reading' })
  expect((await ask('POST', '/clusters/main/restore/plan', wish)).body).toMatchObject({ loss: { commits: told } })
  const { body } = await requestRestore()
  expect(body).toMatchObject({ plan: { loss: { commits: told } } })
})

test('the file of a rehearsal comes whole through the workers, and that is recorded', async () => {
  const file = Buffer.alloc(1_200_000, 'extract ')
  const sha256 = createHash('sha256').update(file).digest('hex')
  const id = await rehearsalWith({ node: 'pg-node-1', name: randomUUID(), bytes: file.length, sha256 })
  const answering = answerParts(file, sha256)
  const response = await console.rest('GET', `/operations/${id}/extract`, { token })
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="main-public-orders.dump"')
  expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true)
  await answering.stop()
  const { rows } = await owner.pool.query(`select outcome, detail from audit_event where action = 'rehearsals.file'`)
  expect(rows).toMatchObject([{ outcome: 'done', detail: { node: 'pg-node-1', sha256 } }])
  const list: unknown = await (await console.rest('GET', '/clusters/main/rehearsals', { token })).json()
  expect(list).toMatchObject([{ id, kind: 'rehearsal', result: { extract: { sha256 } } }])
})

test('a file that was changed meanwhile is not handed over, nor one that never was', async () => {
  const file = Buffer.from('other')
  const sha256 = createHash('sha256').update(file).digest('hex')
  const id = await rehearsalWith({ node: 'pg-node-1', name: randomUUID(), bytes: 5, sha256: '00' })
  const answering = answerParts(file, sha256)
  expect((await ask('GET', `/operations/${id}/extract`)).body).toMatchObject({ code: 'protocol' })
  await answering.stop()
  const none = await rehearsalWith(null)
  expect((await ask('GET', `/operations/${none}/extract`)).body).toMatchObject({ code: 'refused' })
})

/** Keeps a rehearsal that has ended and left that file. */
async function rehearsalWith(extract: object | null): Promise<string> {
  const id = randomUUID()
  const plan = { version: 1, kind: 'rehearsal', extract: { database: 'shop', schema: 'public', table: 'orders' } }
  const result = { kind: 'rehearsal', isGood: true, extract }
  await owner.pool.query(
    `insert into operation (id, cluster_id, cluster_name, kind, lane, state, plan, plan_hash, reason, actor_id, actor_name,
                            requested_at, started_at, ended_at, outcome, result)
     values ($1, $2, 'main', 'rehearsal', 'rehearsal', 'succeeded', $3, 'h', 'test', 'a', 'Ada', now(), now(), now(), 'Good.', $4)`,
    [id, clusterId, JSON.stringify(plan), JSON.stringify(result)],
  )
  return id
}

/** Answers for pieces of a file as a worker does. */
function answerParts(file: Buffer, sha256: string) {
  const input = z.object({ offset: z.int() })
  let isOver = false
  const loop = async () => {
    while (!isOver) {
      for (const { id, kind, input: asked } of await takeInquiries(owner)) {
        const { offset } = input.parse(asked)
        expect(kind).toBe('extract-part')
        const base64 = file.subarray(offset, offset + 524_288).toString('base64')
        await answerInquiry(owner, id, { answer: { offset, base64, totalBytes: file.length, sha256 } })
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const running = loop()
  return {
    async stop() {
      isOver = true
      await running
    },
  }
}
