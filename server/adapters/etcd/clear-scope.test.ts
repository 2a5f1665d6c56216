import { expect, test } from 'vitest'
import { serveHttp } from '../testing/local-server.ts'
import { clearReplyOf, clearTransaction } from './clear-scope.ts'
import { createEtcdClient } from './client.ts'
import { fromBase64, toBase64 } from './wire.ts'

const order = { namespace: '/service', scope: 'demo', systemIdentifier: '7711258502852368380' }

interface Transaction {
  compare: { key: string; target: string; result: string; value?: string; create_revision?: string; version?: string }[]
  success: {
    request_delete_range?: { key: string; range_end?: string }
    request_put?: { key: string; value: string }
  }[]
}

function transactionOf(more: object = {}): Transaction {
  const made: Transaction = JSON.parse(JSON.stringify(clearTransaction({ ...order, ...more })))
  return made
}

test('what belongs to one life of the cluster is deleted, and nothing that outlives it', () => {
  const deleted = transactionOf().success.flatMap(({ request_delete_range: range }) =>
    range ? [`${fromBase64(range.key)}${range.range_end ? '*' : ''}`] : [],
  )
  expect(deleted).toEqual([
    '/service/demo/status',
    '/service/demo/optime/leader',
    '/service/demo/history',
    '/service/demo/sync',
    '/service/demo/failover',
    '/service/demo/failsafe',
    '/service/demo/leader',
    '/service/demo/members/*',
  ])
})

test('etcd itself holds against it that somebody leads, or that the keys are another cluster’s', () => {
  const [initialize, leader, ...more] = transactionOf().compare
  expect(initialize).toMatchObject({ target: 'VALUE', result: 'EQUAL', value: toBase64(order.systemIdentifier) })
  expect(fromBase64(initialize?.key ?? '')).toBe('/service/demo/initialize')
  expect(leader).toMatchObject({ target: 'CREATE', result: 'EQUAL', create_revision: '0' })
  expect(fromBase64(leader?.key ?? '')).toBe('/service/demo/leader')
  expect(more).toEqual([])
})

test('a key that is put back is not deleted in the same transaction, which etcd would refuse', () => {
  const { success } = transactionOf({ put: [{ name: 'history', value: '[]' }] })
  const deleted = success.map(({ request_delete_range: range }) => range && fromBase64(range.key))
  expect(deleted).not.toContain('/service/demo/history')
  expect(success.at(-1)).toEqual({ request_put: { key: toBase64('/service/demo/history'), value: toBase64('[]') } })
})

test('a trial can never come true', () => {
  expect(transactionOf({ isTrial: true }).compare.at(-1)).toMatchObject({
    target: 'VERSION',
    result: 'LESS',
    version: '0',
  })
})

test('where it does not hold, the answer tells who leads and whose keys they are', () => {
  const range = (value?: string) => ({
    response_range: { kvs: value === undefined ? [] : [{ value: toBase64(value) }] },
  })
  expect(clearReplyOf({ succeeded: true })).toEqual({ kind: 'cleared' })
  expect(clearReplyOf({ responses: [range('pg-node-1'), range('77')] })).toEqual({
    kind: 'kept',
    leader: 'pg-node-1',
    systemIdentifier: '77',
  })
  expect(clearReplyOf({ responses: [range(), range()] })).toEqual({
    kind: 'kept',
    leader: null,
    systemIdentifier: null,
  })
})

test('an endpoint that does not answer is passed over', async () => {
  const asked: string[] = []
  await using down = await serveHttp((_, response) => void response.destroy())
  await using up = await serveHttp((request, response) => {
    asked.push(request.url ?? '')
    response.end('{"header":{"revision":"9"},"succeeded":true,"responses":[{"response_delete_range":{}}]}')
  })
  const etcd = createEtcdClient({ urls: [down.url, up.url], user: null, password: null, caPem: null })
  expect(await etcd.clearScope(order)).toEqual({ kind: 'cleared' })
  expect(asked).toEqual(['/v3/kv/txn'])
})

test('a user that may only read is told so in words', async () => {
  await using server = await serveHttp((_, response) => {
    response.writeHead(403).end('{"error":"etcdserver: permission denied","code":7}')
  })
  const etcd = createEtcdClient({ urls: [server.url], user: null, password: null, caPem: null })
  await expect(etcd.clearScope({ ...order, isTrial: true })).rejects.toThrow(/grant it read on the prefix, and write/)
})
