import { expect, test } from 'vitest'
import { StaleGuard } from './stale-guard.ts'

const target = { who: 'etcd', system: 'etcd', address: '10.0.1.20:2379' }
const header = (raftTerm: string, clusterId = '1') => ({ cluster_id: clusterId, raft_term: raftTerm })

test('an answer from an older term of the same cluster is refused', () => {
  const guard = new StaleGuard()
  guard.check(header('7'), target)
  guard.check(header('7'), target)
  expect(() => guard.check(header('6'), target)).toThrow('older term')
  expect(() => guard.check(header('10'), target)).not.toThrow()
})

test('another cluster counts from its own beginning', () => {
  const guard = new StaleGuard()
  guard.check(header('7'), target)
  expect(() => guard.check(header('2', '2'), target)).not.toThrow()
})

test('after forgetting, any term is good', () => {
  const guard = new StaleGuard()
  guard.check(header('7'), target)
  guard.forget()
  expect(() => guard.check(header('2'), target)).not.toThrow()
})
