import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveHttp } from '#server/adapters/testing/local-server.ts'
import { createEnd } from '#server/collector/loop.ts'
import { loadWorkerKeys, type WorkerKeys } from '#server/store/keys.ts'
import { saveAlerts } from '#server/store/alerts/save-alerts.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { startNotifying } from '../notify.ts'
import { Bench } from './testing/bench.ts'

let home: string
let keys: WorkerKeys
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'matriarch-notify-'))
  keys = loadWorkerKeys(home)
})
afterAll(() => rmSync(home, { recursive: true }))

test('two workers whose loops run tell an alert that nobody wrote down once, and its end once', async () => {
  await using store = await openTestStore({ max: 10 })
  const told: string[] = []
  await using receiver = await serveHttp((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      told.push(/"status":"(\w+)"/.exec(text)?.[1] ?? '')
      response.end('ok')
    })
  })
  const bench = await new Bench(store, keys).open({ kind: 'webhook', url: receiver.url, user: null, caPem: null })
  const alert = bench.alert()
  await saveAlerts(store.pool, [alert])
  const ended = createEnd()
  const worker = bench.worker({ signal: ended.signal })
  startNotifying(worker, 100)
  startNotifying(worker, 100)
  await expect.poll(() => told, { timeout: 60_000 }).toEqual(['firing'])
  // As a cluster that is forgotten leaves it: nobody tells of a change.
  await saveAlerts(store.pool, [{ ...alert, state: 'resolved', resolvedAt: new Date() }])
  await expect.poll(() => told, { timeout: 60_000 }).toEqual(['firing', 'resolved'])
  ended.abort()
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(told).toEqual(['firing', 'resolved'])
})
