import { expect, test } from 'vitest'
import { secretsToTry } from './answer-inquiries.ts'

test('a draft is looked at with what is kept, typed anew, or no more', () => {
  const kept = { 'patroni-password': 'old', 'etcd-password': 'stays', 'haproxy-password': 'goes' }
  const typed = { 'patroni-password': 'new', 'haproxy-password': '' }
  expect(secretsToTry(kept, typed)).toEqual({ 'patroni-password': 'new', 'etcd-password': 'stays' })
})
