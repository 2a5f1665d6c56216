import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { refusalBody, statusOf } from '#agent/protocol/refusal.ts'
import { statusAnswer } from '#agent/protocol/status.ts'
import { type TestAgent, testAgent } from '#agent/testing/test-agent.ts'
import { testConsole, type TestRequest } from '#agent/testing/test-console.ts'

// A busy machine makes keys slowly.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let agent: TestAgent
const aNonce = 'AAAAAAAAAAAAAAAAAAAAAA'
const stranger = testConsole()

beforeAll(async () => {
  agent = await testAgent({ vetoed: ['restore', 'patroni-mask'], isLenient: true })
  await agent.client.send(agent.verb('patroni-stop', {}, { nonce: aNonce }))
})

afterAll(async () => {
  await agent[Symbol.asyncDispose]()
})

const refused: [string, string, () => TestRequest, RegExp][] = [
  ['bad-signature', 'another key', () => agent.verb('patroni-stop', {}, { by: stranger }), /did not sign/],
  [
    'bad-signature',
    'another path than was signed',
    () => ({ ...agent.verb('facts', {}), path: '/v1/verbs/patroni-stop' }),
    /did not sign/,
  ],
  [
    'bad-signature',
    'another body than was signed',
    () => ({ ...agent.verb('facts', {}), body: Buffer.from('{ }') }),
    /did not sign/,
  ],
  ['bad-signature', 'no signature', () => ({ ...agent.verb('facts', {}), headers: {} }), /did not sign/],
  [
    'wrong-audience',
    'another agent',
    () => agent.verb('facts', {}, { binding: { audience: 'other' } }),
    /another agent/,
  ],
  ['clock-skew', 'a clock ahead', () => agent.verb('facts', {}, { createdIn: 45 }), /4[45] s ahead/],
  ['clock-skew', 'a clock behind', () => agent.verb('facts', {}, { createdIn: -600 }), /signed 60\d s ago/],
  ['expired', 'a request held up', () => agent.verb('facts', {}, { createdIn: -65 }), /expired [56] s ago/],
  ['bad-request', 'a life too long', () => agent.verb('facts', {}, { lifeSeconds: 61 }), /1 to 60 s, not 61/],
  ['bad-request', 'a life of nothing', () => agent.verb('facts', {}, { lifeSeconds: 0 }), /not 0/],
  ['replayed', 'a nonce seen before', () => agent.verb('facts', {}, { nonce: aNonce }), /once already/],
  [
    'old-epoch',
    'a worker that was fenced off',
    () => agent.verb('patroni-stop', {}, { binding: { epoch: 6 } }),
    /epoch 6, and 7/,
  ],
  [
    'bad-request',
    'no operation',
    () => agent.verb('patroni-stop', {}, { binding: { operation: null } }),
    /id of its operation/,
  ],
  [
    'bad-request',
    'a step that is a path',
    () => agent.verb('patroni-stop', {}, { binding: { step: '../x' } }),
    /name of its step/,
  ],
  ['bad-request', 'no epoch', () => agent.verb('patroni-stop', {}, { binding: { epoch: 0 } }), /epoch above 0/],
  ['unknown-verb', 'a verb that is none', () => agent.verb('exec', {}), /"exec" is no verb/],
  ['unknown-verb', 'a verb of every object', () => agent.verb('toString', {}), /no verb/],
  ['bad-arguments', 'arguments of another form', () => agent.verb('pgbackrest-check', { stanza: '-x' }), /stanza/],
  ['bad-arguments', 'an argument too many', () => agent.verb('patroni-stop', { force: true }), /force/],
  [
    'vetoed',
    'what the node forbids',
    () => agent.verb('data-discard', { name: '6f5c6f3e-7b0e-4b5e-9a53-0a2f6f7f9d10' }),
    /forbids data-discard/,
  ],
  ['vetoed', 'what the node forbids by its verb', () => agent.verb('patroni-mask', {}), /forbids patroni-mask/],
  ['bad-request', 'a status without its number', () => agent.status('x'), /counter/],
  ['bad-request', 'a body too large', () => agent.verb('facts', { x: 'x'.repeat(70_000) }), /too large/],
]

test('what the console signs is done, and raises the epoch', () => {
  expect(agent.performed).toEqual(['patroni-stop'])
  expect(agent.running().state.enrolled?.enrolment.highestEpoch).toBe(7)
})

test.each(refused)('%s: %s', async (code, _name, request, sentence) => {
  const before = agent.performed.length
  const answer = await agent.client.send(request())
  const body = refusalBody.parse(answer.body)
  expect(body.code).toBe(code)
  expect(body.sentence).toMatch(sentence)
  expect(answer.status).toBe(statusOf(body.code))
  expect(agent.performed).toHaveLength(before)
  expect(agent.running().refusals.newest.at(-1)).toMatchObject({ code, sentence: body.sentence })
})

test('a read needs no epoch, and does not lower the one that was seen', async () => {
  const answer = await agent.client.send(
    agent.verb('facts', {}, { binding: { epoch: 0, operation: null, step: null } }),
  )
  expect(answer.status).toBe(200)
  expect(agent.running().state.enrolled?.enrolment.highestEpoch).toBe(7)
})

test('the console is told of refusals, and so is who looks on the node', async () => {
  await agent.client.send(agent.verb('exec', {}))
  const answer = await agent.client.send(agent.status(0))
  const { refusals, vetoed } = statusAnswer.parse(answer.body)
  expect(refusals.length).toBeLessThanOrEqual(50)
  expect(refusals.at(-1)).toMatchObject({ code: 'unknown-verb' })
  expect(vetoed).toContain('pgbackrest-restore')
  await expect
    .poll(() => readFile(join(agent.folder, 'refusals.log'), 'utf8'))
    .toMatch(/"code":"unknown-verb".*"path":"\/v1\/verbs\/exec"/)
})

test('a restart forgets neither nonce nor epoch', async () => {
  await agent.restart()
  const replayed = await agent.client.send(agent.verb('facts', {}, { nonce: aNonce }))
  expect(replayed.body).toMatchObject({ code: 'replayed' })
  const fenced = await agent.client.send(agent.verb('patroni-stop', {}, { binding: { epoch: 6 } }))
  expect(fenced.body).toMatchObject({ code: 'old-epoch' })
})

test('an agent that is not enrolled says so, whatever it is asked', async () => {
  await using fresh = await testAgent({ isEnrolled: false })
  const answer = await fresh.client.send(fresh.verb('facts', {}))
  expect(answer).toMatchObject({ status: 401, body: { code: 'not-enrolled' } })
  expect((await fresh.client.get('/v1/enrol')).status).toBe(404)
})

test('who is not the console is soon turned away unread, and the console still served', async () => {
  await using limited = await testAgent()
  const codes: unknown[] = []
  for (let i = 0; i < 80; i += 1) codes.push((await limited.client.post('/v1/status', { counter: 0 })).body['code'])
  expect(codes.filter((code) => code === 'busy').length).toBeGreaterThan(20)
  expect((await limited.client.send(limited.status(0))).status).toBe(200)
})
