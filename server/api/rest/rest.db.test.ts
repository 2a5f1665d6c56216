import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openStore } from '#server/store/open.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, TestConsole } from '../testing/console.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { allProcedures } from '../procedures.ts'
import { answers } from './answers.ts'
import { openApi } from './open-api.ts'
import { routes } from './routes.ts'

const problem = z.object({
  type: z.literal('about:blank'),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string(),
  fields: z.array(z.object({ field: z.string(), sentence: z.string() })),
})

const nobody = '7d3f3f7e-2f39-4a52-9f0e-0d4b8a3e9d11'

test('every address leads to a procedure, and every procedure but the live feed and sessions has an address', () => {
  const paths = new Set(allProcedures().map(({ path }) => path))
  for (const { procedure } of routes) {
    expect(paths).toContain(procedure)
    expect(Object.keys(answers)).toContain(procedure)
  }
  const reached = new Set(routes.map(({ procedure }) => procedure))
  const without = [...paths].filter((path) => !reached.has(path)).toSorted()
  expect(without).toEqual(['audit.get', 'live.feed', 'session.changePassword', 'session.end', 'session.list'])
})

test('OpenAPI tells every address with its parameters, body and problems', () => {
  const document = openApi()
  expect(document.openapi).toBe('3.1.0')
  for (const { method, path } of routes) expect(document.paths[path]).toHaveProperty(method.toLowerCase())
  expect(document.paths['/clusters/{name}/events']).toMatchObject({
    get: {
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'name', in: 'path', required: true }),
        expect.objectContaining({ name: 'since', in: 'query', schema: { type: 'string', format: 'date-time' } }),
        expect.objectContaining({ name: 'limit', in: 'query', required: false }),
      ]),
    },
  })
  expect(document.paths['/clusters']).toMatchObject({
    post: { requestBody: { content: { 'application/json': { schema: { required: ['name', 'patroniUrls'] } } } } },
  })
  expect(document.paths['/operations/{id}']).toMatchObject({
    get: {
      responses: { 200: { content: { 'application/json': { schema: { properties: { steps: { type: 'array' } } } } } } },
    },
  })
  expect(JSON.stringify(document)).not.toContain('idempotencyKey')
})

test('a token tells who it is; without one the answer is a problem that says what is missing', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('operator')
  const known = await console.rest('GET', '/whoami', { token })
  expect([known.status, await known.json()]).toMatchObject([
    200,
    { kind: 'token', grants: [{ role: 'operator', scope: { kind: 'all' } }] },
  ])
  const unknown = await console.rest('GET', '/whoami')
  expect([unknown.status, unknown.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
  expect(problem.parse(await unknown.json())).toMatchObject({ status: 401, code: 'unauthenticated' })
})

test('a body that does not fit is refused field by field', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  const body = {
    name: 'no spaces please',
    patroniUrls: ['ftp://x', 'http://u:p@10.0.1.10:8008'],
    poolerPort: 70_000,
    extra: 1,
  }
  const response = await console.rest('POST', '/clusters', { token, body })
  expect(response.status).toBe(400)
  const { fields, code } = problem.parse(await response.json())
  expect(code).toBe('invalid')
  expect(fields.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['name', 'patroniUrls.0', 'patroniUrls.1', 'poolerPort', 'extra']),
  )
  const { rows } = await owner.pool.query('select 1 from cluster')
  expect(rows).toEqual([])
})

test.each([
  ['POST', '/clusters', '{"name":', 400],
  ['POST', '/clusters', '[]', 400],
  ['POST', '/clusters', '', 400],
  ['GET', '/nothing', undefined, 404],
  ['GET', '/clusters/nobody', undefined, 404],
  ['GET', '/clusters/%zz', undefined, 404],
  ['PUT', '/clusters', {}, 400],
  ['GET', '/operations/123', undefined, 400],
  ['GET', '/operations/7d3f3f7e-2f39-4a52-9f0e-0d4b8a3e9d11', undefined, 404],
  ['GET', '/audit?limit=many', undefined, 400],
  ['GET', '/audit?since=yesterday', undefined, 400],
  ['DELETE', '/clusters/nobody', { confirmName: 'nobody', reason: 'gone' }, 404],
  [
    'POST',
    '/clusters/nobody/switchover',
    { reason: 'test', confirmName: 'nobody', expected: { leader: 'a', timeline: 1, systemIdentifier: null } },
    404,
  ],
] as const)('%s %s is answered with a problem', async (method, path, body, status) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, randomUUID())
  const token = await console.token('admin')
  const response = await console.rest(method, path, { token, ...(body !== undefined && { body }) })
  expect(response.status).toBe(status)
  expect(problem.parse(await response.json()).status).toBe(status)
})

const switchover = {
  reason: 'test',
  confirmName: 'main',
  expected: { leader: 'a', timeline: 1, systemIdentifier: null },
}

test.each([
  ['POST', '/clusters/main/switchover', { ...switchover, scheduled_at: '2030-01-01T00:00:00Z' }, ['scheduled_at']],
  ['POST', '/clusters/main/switchover', { ...switchover, candidte: 'n2', extra: 1 }, ['candidte', 'extra']],
  ['POST', '/clusters/main/switchover', { ...switchover, kind: 'cancel-scheduled-switchover' }, ['kind']],
  ['POST', '/clusters/main/switchover', { ...switchover, cluster: 'other' }, ['cluster']],
  ['POST', '/clusters/main/switchover?candidate=n2', switchover, ['candidate']],
  [
    'POST',
    '/clusters/main/switchover',
    { ...switchover, expected: { ...switchover.expected, lead: 'a' } },
    ['expected.lead'],
  ],
  ['DELETE', '/clusters/main/switchover', { ...switchover, kind: 'switchover' }, ['kind']],
  ['PUT', `/users/${nobody}`, { disable: true }, ['disable']],
  ['POST', '/tokens', { name: 'ci', role: 'viewer', expiresIn: 7 }, ['expiresIn']],
  ['GET', '/audit?sinse=2030-01-01T00:00:00Z&constructor=1', undefined, ['sinse', 'constructor']],
  ['GET', '/clusters?verdict=down', undefined, ['verdict']],
] as const)('%s %s with what it does not know is refused by field: %o', async (method, path, body, names) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, randomUUID())
  const token = await console.token('admin')
  const response = await console.rest(method, path, { token, ...(body !== undefined && { body }) })
  const { fields, code } = problem.parse(await response.json())
  expect([response.status, code, fields.map(({ field }) => field)]).toEqual([400, 'invalid', names])
})

test('the plan is of the very act that the same words ask for', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const clusterId = randomUUID()
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const token = await console.token('operator')
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString()
  const planOf = async (query: string) => {
    const response = await console.rest('GET', `/clusters/main/switchover/plan?${query}`, { token })
    return [response.status, await response.json()]
  }
  expect(await planOf('')).toMatchObject([200, { kind: 'switchover', scheduledAt: null }])
  expect(await planOf(`scheduledAt=${scheduledAt}`)).toMatchObject([200, { kind: 'schedule-switchover', scheduledAt }])
  for (const query of [`kind=switchover&scheduledAt=${scheduledAt}`, 'kind=schedule-switchover']) {
    expect(await planOf(query)).toMatchObject([400, { fields: [{ field: 'scheduledAt' }] }])
  }
})

test('one rule holds for every reason, and OpenAPI tells it', () => {
  const told = JSON.stringify(openApi()).match(/"reason":\{"type":"string","minLength":\d+,"maxLength":\d+\}/g)
  expect(new Set(told)).toEqual(new Set(['"reason":{"type":"string","minLength":3,"maxLength":500}']))
})

test('no input of a procedure passes over a field that it does not know', () => {
  for (const { path, input } of allProcedures()) {
    const schema = input === null ? null : z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    expect([path, schema?.additionalProperties ?? false]).toEqual([path, false])
  }
})

test('lists are turned page by page', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  for (let n = 1; n <= 5; n++) {
    await console.rest('POST', '/users', {
      token,
      body: { email: `u${n}@example.org`, name: `U ${n}`, role: 'viewer' },
    })
  }
  const page = z.object({
    records: z.array(z.object({ seq: z.int(), target: z.string() })),
    nextBefore: z.int().nullable(),
  })
  const first = page.parse(await (await console.rest('GET', '/audit?limit=3', { token })).json())
  expect(first.records.map(({ target }) => target)).toEqual(['u5@example.org', 'u4@example.org', 'u3@example.org'])
  const second = page.parse(
    await (await console.rest('GET', `/audit?limit=3&before=${first.nextBefore}`, { token })).json(),
  )
  expect(second.records.map(({ target }) => target)).toEqual(['u2@example.org', 'u1@example.org'])
  expect(second.nextBefore).toBeNull()
})

test('what fails inside is told without a word of how', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const token = await console.token('admin')
  await owner.pool.query('alter table cluster rename column labels to badges')
  const response = await console.rest('GET', '/clusters', { token })
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).not.toMatch(/column|select|badges|pg|stack/)
})

test('without its store the console answers 503 and says so', async () => {
  await using owner = await openTestStore()
  await using console = new TestConsole(owner, openStore('postgresql://nobody@127.0.0.1:1/nothing', { max: 1 }))
  const response = await console.rest('GET', '/clusters', { token: 'mtr_0000000000000000000000' })
  expect(response.status).toBe(503)
  expect(problem.parse(await response.json())).toMatchObject({ code: 'store-unreachable' })
})
