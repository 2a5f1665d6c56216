import { expect, test } from 'vitest'
import { madeHaproxy } from '#domain/testing/stack-made.ts'
import type { EtcdMember } from './etcd-detail.ts'
import { etcdQuorum, etcdSentence, etcdWorries } from './etcd-worries.ts'
import { haproxySentence, haproxyWorries } from './haproxy-worries.ts'

const down = { isUp: false, check: 'L7STS', checkCode: 503 }

test('replicas that are down in the backend of writes are as they should be', () => {
  const detail = madeHaproxy({ name: 'pg-node-1' }, { name: 'pg-node-2', ...down, sessions: 0 })
  expect(haproxySentence(detail)).toBe('HAProxy sends writes to pg-node-1, with 4 sessions open.')
  expect(haproxyWorries(detail)).toEqual([])
})

test('sessions that stay on a server that is down are marked', () => {
  const detail = madeHaproxy({ name: 'pg-node-1' }, { name: 'pg-node-2', ...down, sessions: 3 })
  expect(haproxyWorries(detail)[0]?.sentence).toBe('3 sessions of primary are still on pg-node-2, which is down there.')
})

test('writes to two or to nobody are told first', () => {
  expect(haproxyWorries(madeHaproxy({ name: 'a' }, { name: 'b' }))[0]).toEqual({
    tone: 'bad',
    sentence: 'primary sends writes to a and b at once.',
  })
  expect(haproxyWorries(madeHaproxy({ name: 'a', ...down, sessions: 0 }))[0]?.sentence).toBe(
    'No server of primary is up: writes go nowhere.',
  )
})

function etcd(name: string, change: Partial<EtcdMember> = {}): EtcdMember {
  return {
    id: '10276657743932975437',
    name,
    url: `http://${name}:2379`,
    isUnstarted: false,
    isLearner: false,
    version: '3.4.23',
    isLeader: name === 'etcd-1',
    leaderId: '1',
    raftTerm: 7,
    raftIndex: 100,
    raftAppliedIndex: 100,
    dbSizeBytes: 1e6,
    dbInUseBytes: 5e5,
    dbQuotaBytes: 2e9,
    answerMilliseconds: 2,
    problem: null,
    ...change,
  }
}

const at = new Date(0)
const silent = {
  raftTerm: null,
  isLeader: null,
  problem: { kind: 'timeout', sentence: 'No answer.', since: at, observedAt: at },
} as const

test('etcd that is whole is told in a sentence', () => {
  const detail = { members: [etcd('etcd-1'), etcd('etcd-2'), etcd('etcd-3')], alarms: [] }
  expect(etcdSentence(detail)).toBe('3 of 3 etcd members answer, and etcd-1 leads.')
  expect(etcdWorries(detail)).toEqual([])
})

test('what etcd can still bear is told', () => {
  const one = { members: [etcd('etcd-1'), etcd('etcd-2'), etcd('etcd-3', silent)], alarms: [] }
  expect(etcdWorries(one)[0]?.sentence).toBe('2 of 3 etcd members answer: not one more may fail.')
  const two = { members: [etcd('etcd-1'), etcd('etcd-2', silent), etcd('etcd-3', silent)], alarms: [] }
  expect(etcdQuorum(two)).toEqual({ voters: 3, answering: 1, needed: 2 })
  expect(etcdWorries(two)[0]?.sentence).toContain('Only 1 of 3 etcd members answer, and 2 are needed')
})

test('alarms, full databases and members that never started are told', () => {
  const members = [etcd('etcd-1', { dbSizeBytes: 1.9e9 }), etcd('etcd-2'), etcd('', { isUnstarted: true, url: null })]
  const told = etcdWorries({ members, alarms: [{ memberId: null, kind: 'NOSPACE' }] }).map(({ sentence }) => sentence)
  expect(told).toEqual([
    'etcd has no space left and takes no writes.',
    '2 of 3 etcd members answer: not one more may fail.',
    'The database of etcd-1 has 1.9 GB of 2 GB: compact and defragment it.',
    'member 8e9e05c52164694d was added to etcd and never started.',
  ])
})
