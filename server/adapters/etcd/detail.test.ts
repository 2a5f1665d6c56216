import { expect, test } from 'vitest'
import { fromJson } from '#domain/json.ts'
import type { EtcdMember } from '#domain/stack/etcd-detail.ts'
import { fixture } from '../testing/fixture.ts'
import { serveHttp, serveTcp, type LocalServer } from '../testing/local-server.ts'
import { createEtcdDetailLook } from './detail.ts'
import { quotaIn } from './quota.ts'

/** Three members and a learner that was never started, two of them with an alarm, as etcd 3.4.23 told of them. */
const recorded = JSON.parse(fixture('etcd/fixtures/3.4.23-nospace.json')) as { statuses: object[]; members: object }
const metrics = fixture('etcd/fixtures/3.4.23-metrics.txt')

/** The endpoint that gave that one of the recorded statuses; `asked` gathers what it is sent. */
function endpoint(index: number, more: object = {}, asked: string[] = []): Promise<LocalServer> {
  return serveHttp((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
    if (request.url === '/metrics') response.end(metrics)
    else if (request.url === '/v3/maintenance/status')
      response.end(JSON.stringify({ ...recorded.statuses[index], ...more }))
    else if (request.url === '/v3/cluster/member/list') response.end(JSON.stringify(recorded.members))
    else if (request.url === '/v3/auth/authenticate') response.end('{"token":"t"}')
    else response.writeHead(404).end()
  })
}

const anonymous = { user: null, password: null, caPem: null }

test('recorded answers tell each member once, also those that were never told of or never started', async () => {
  await using one = await endpoint(0)
  await using two = await endpoint(1)
  const { members, alarms } = await createEtcdDetailLook({ urls: [one.url, two.url], ...anonymous })()
  expect(members).toEqual([
    {
      id: '1337743951206209180',
      name: 'etcd-2',
      url: two.url,
      isUnstarted: false,
      isLearner: false,
      version: '3.4.23',
      isLeader: false,
      leaderId: '5876735677745482243',
      raftTerm: 2,
      raftIndex: 16,
      raftAppliedIndex: 16,
      dbSizeBytes: 282_624,
      dbInUseBytes: 143_360,
      dbQuotaBytes: 200_000,
      answerMilliseconds: expect.any(Number),
      problem: null,
    },
    expect.objectContaining({
      name: 'etcd-3',
      url: null,
      version: null,
      isLeader: null,
      raftIndex: null,
      problem: null,
    }),
    expect.objectContaining({ name: 'etcd-1', url: one.url, isLeader: true }),
    expect.objectContaining({ name: null, url: null, isUnstarted: true, isLearner: true }),
  ])
  expect(alarms).toEqual([
    { memberId: '1337743951206209180', kind: 'NOSPACE' },
    { memberId: '5876735677745482243', kind: 'NOSPACE' },
  ])
})

test('a quota that the status tells is taken, one of the metrics is asked once', async () => {
  const asked: string[] = []
  await using old = await endpoint(0, {}, asked)
  await using newer = await endpoint(1, { dbSizeQuota: '8589934592' }, asked)
  const look = createEtcdDetailLook({ urls: [old.url, newer.url], ...anonymous })
  await look()
  const { members } = await look()
  expect(members.find(({ url }) => url === newer.url)?.dbQuotaBytes).toBe(8_589_934_592)
  expect(asked.filter((line) => line.includes('/metrics'))).toEqual(['GET /metrics'])
})

test('a member that does not answer is known again, with since when; the others are told all the same', async () => {
  let now = new Date('2026-11-26T05:00:00Z')
  const down = await endpoint(1)
  await using up = await endpoint(0)
  const look = createEtcdDetailLook({ urls: [down.url, up.url], ...anonymous }, { clock: () => now })
  await look()
  await down[Symbol.asyncDispose]()
  await look()
  now = new Date('2026-11-26T05:00:10Z')
  const { members } = await look()
  expect(members.find(({ name }) => name === 'etcd-2')).toMatchObject({
    id: '1337743951206209180',
    url: down.url,
    version: null,
    dbQuotaBytes: null,
    problem: { kind: 'refused', since: new Date('2026-11-26T05:00:00Z'), observedAt: now },
  })
  expect(members.find(({ name }) => name === 'etcd-1')).toMatchObject({ isLeader: true, problem: null })
})

test('who takes over the looking knows an endpoint that is down as the member that it was, and since when', async () => {
  const noon = new Date('2026-11-26T12:00:00Z')
  const down = await endpoint(1)
  await using up = await endpoint(0)
  const urls = [down.url, up.url]
  const first = createEtcdDetailLook({ urls, ...anonymous }, { clock: () => noon })
  const well = await first()
  await down[Symbol.asyncDispose]()
  const ill = await first()
  for (const { members: before } of [well, ill]) {
    // As it is kept in between.
    const kept = fromJson<EtcdMember[]>(JSON.stringify(before))
    const clock = () => new Date('2026-11-26T12:05:00Z')
    const { members } = await createEtcdDetailLook({ urls, ...anonymous }, { clock, before: kept })()
    expect(members.map(({ name, url }) => [name, url])).toEqual(well.members.map(({ name, url }) => [name, url]))
    const since = before === well.members ? clock() : noon
    expect(members.find(({ name }) => name === 'etcd-2')).toMatchObject({ url: down.url, problem: { since } })
  }
})

test('an endpoint that hangs is given up after two seconds and delays no answer', async () => {
  await using hanging = await serveTcp(() => {})
  await using up = await endpoint(0)
  const startedAt = performance.now()
  const { members } = await createEtcdDetailLook({ urls: [hanging.url, up.url], ...anonymous })()
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  expect(members.at(-1)).toMatchObject({ id: null, url: hanging.url, problem: { kind: 'timeout' } })
  expect(members.find(({ url }) => url === up.url)?.answerMilliseconds).toBeLessThan(10_000)
})

test('two addresses of one member are one member', async () => {
  await using one = await endpoint(0)
  await using again = await endpoint(0)
  const { members } = await createEtcdDetailLook({ urls: [one.url, again.url], ...anonymous })()
  expect(members.filter(({ name }) => name === 'etcd-1')).toMatchObject([{ url: one.url }])
  expect(members).toHaveLength(4)
})

test('the token goes to where it is asked for, never with the question for metrics', async () => {
  const asked: string[] = []
  await using one = await endpoint(0, {}, asked)
  await createEtcdDetailLook({ urls: [one.url], user: 'console', password: 'x', caPem: null })()
  expect(asked).toContain('POST /v3/maintenance/status t')
  expect(asked).toContain('GET /metrics')
})

test('a password that was given for other hosts is not sent', async () => {
  const asked: string[] = []
  await using one = await endpoint(0, {}, asked)
  const bar = () => 'The password was given for other hosts.'
  const look = createEtcdDetailLook({ urls: [one.url], user: 'console', password: 'x', caPem: null, bar })
  await expect(look()).rejects.toMatchObject({
    kind: 'unauthorized',
    message: 'The password was given for other hosts.',
  })
  expect(asked).toEqual([])
})

test('where none answers there is a problem and no view', async () => {
  const down = await serveTcp(() => {})
  await down[Symbol.asyncDispose]()
  await expect(createEtcdDetailLook({ urls: [down.url], ...anonymous })()).rejects.toMatchObject({ kind: 'refused' })
})

test.each([
  [metrics, 200_000],
  ['etcd_server_quota_backend_bytes 2.147483648e+09\n', 2_147_483_648],
  ['etcd_server_quota_backend_bytes 0\n', null],
  ['etcd_server_quota_backend_bytes_other 5\n', null],
  ['', null],
])('a quota is found in metrics or not told', (text, bytes) => {
  expect(quotaIn(text)).toBe(bytes)
})
