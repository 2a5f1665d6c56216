import pino from 'pino'
import { expect, test } from 'vitest'
import type { EtcdClient } from '#server/adapters/etcd/client.ts'
import { createAccess } from './access.ts'
import { Board } from './board.ts'
import { startEtcdLoops } from './etcd-loops.ts'
import { createEnd } from './loop.ts'
import { clusterWith } from './testing.ts'

const log = pino({ enabled: false })

test('a watch that breaks by a bug is a problem of the keys, not the end of looking', async () => {
  const access = createAccess(clusterWith({ etcdUrls: ['http://127.0.0.1:9'] }, { scope: 'postgres-cluster' }), {})
  let listed = 0
  const broken = new Proxy(access.etcd ?? ({} as EtcdClient), {
    get: (etcd, name) =>
      name === 'listKeys'
        ? () => {
            listed++
            throw new TypeError('a bug')
          }
        : Reflect.get(etcd, name),
  })
  const board = new Board({ ...access, etcd: broken }, new Date())
  const end = createEnd()
  startEtcdLoops({ board, beatMs: () => 2000, onReading() {}, clock: () => new Date(), signal: end.signal, log })
  await expect.poll(() => board.keys.seen.problem?.kind).toBe('protocol')
  expect(listed).toBe(1)
  end.abort()
})
