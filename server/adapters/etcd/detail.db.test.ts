import { expect, test } from 'vitest'
import { startTestEtcd } from '#tools/testing/etcd.ts'
import { createEtcdDetailLook } from './detail.ts'

test('each member tells of itself; one that stops or hangs holds up no other, and one never told of is not asked', async () => {
  await using etcd = await startTestEtcd(3)
  const [first = '', second = '', third = ''] = etcd.urls
  const look = createEtcdDetailLook({ urls: [first, second], user: null, password: null, caPem: null })
  const { members, alarms } = await look()
  expect(alarms).toEqual([])
  expect(new Set(members.map(({ name }) => name))).toEqual(new Set(['etcd-1', 'etcd-2', 'etcd-3']))
  expect(members.filter(({ isLeader }) => isLeader).length).toBeLessThanOrEqual(1)
  const byName = new Map(members.map((member) => [member.name, member]))
  expect(byName.get('etcd-1')).toMatchObject({
    url: first,
    problem: null,
    isUnstarted: false,
    isLearner: false,
    version: expect.stringMatching(/^3\./),
    leaderId: expect.stringMatching(/^\d+$/),
    raftTerm: expect.any(Number),
    dbQuotaBytes: 2_147_483_648,
  })
  expect(byName.get('etcd-1')?.raftIndex).toBeGreaterThan(0)
  expect(byName.get('etcd-1')?.dbInUseBytes).toBeGreaterThan(0)
  expect(byName.get('etcd-3')).toMatchObject({ url: null, version: null, isLeader: null, problem: null })

  const whole = createEtcdDetailLook({ urls: [first, second, third], user: null, password: null, caPem: null })
  expect((await whole()).members.filter(({ isLeader }) => isLeader)).toHaveLength(1)
  etcd.processes[1]?.kill('SIGKILL')
  etcd.processes[2]?.kill('SIGSTOP')
  const told = await whole()
  const now = new Map(told.members.map((member) => [member.name, member]))
  expect(now.get('etcd-1')).toMatchObject({ problem: null })
  expect(now.get('etcd-1')?.answerMilliseconds).toBeGreaterThan(0)
  expect(now.get('etcd-2')).toMatchObject({
    url: second,
    problem: { kind: expect.stringMatching(/refused|unreachable/) },
  })
  expect(now.get('etcd-3')).toMatchObject({ url: third, problem: { kind: 'timeout' } })
  const { problem } = now.get('etcd-2') ?? {}
  const later = (await whole()).members.find(({ name }) => name === 'etcd-2')
  expect(later?.problem?.since).toEqual(problem?.since)
})
