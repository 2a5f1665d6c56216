import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { moment } from '#domain/alerts/testing/made-alert.ts'
import { logEntries } from '#domain/alerts/log-entries.ts'
import type { LogLine } from '#domain/logs/log-line.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { insertIncident } from './incidents.ts'
import { keepLogs, logsOf, type LogLook } from './incident-logs.ts'

let store: TestStore
let id: string

beforeAll(async () => {
  store = await openTestStore()
})

afterAll(() => store[Symbol.asyncDispose]())

beforeEach(async () => {
  id = randomUUID()
  await insertIncident(store.pool, {
    id,
    clusterId: randomUUID(),
    clusterName: 'main',
    cause: 'leadership',
    severity: 'critical',
    sentence: 'Nobody holds the lead.',
    openedAt: moment(0),
  })
})

function line(seconds: number, text: string, times = 1): LogLine {
  return { at: moment(seconds), level: 'ERROR', text, times }
}

function look(lines: readonly LogLine[], change: Partial<Extract<LogLook, { problem: null }>> = {}): LogLook {
  const readTo = lines.at(-1)?.at ?? null
  return { node: 'pg-1', program: 'patroni', problem: null, lines, readTo, leftOut: 0, isCut: false, ...change }
}

function keep(looks: readonly LogLook[], seconds = 0) {
  return keepLogs(store, id, { looks, at: moment(seconds), isLast: false })
}

test('what was kept is not kept again; a line that was written more often meanwhile is counted anew', async () => {
  const first = look([line(1, 'a', 2), line(2, 'b')])
  await keep([first])
  await keep([first])
  await keep([look([line(1, 'a', 5), line(2, 'b'), line(2, 'c'), line(3, 'b')])])
  await keep([look([line(1, 'a', 3)], { node: 'pg-2' })])
  expect((await logsOf(store, id)).lines.map(({ node, text, times }) => `${node} ${text} ${times}`)).toEqual([
    'pg-1 a 5',
    'pg-2 a 3',
    expect.stringMatching(/^pg-1 [bc] 1$/),
    expect.stringMatching(/^pg-1 [bc] 1$/),
    'pg-1 b 1',
  ])
})

test('a node that does not tell is known not to, from its last good look on, until it tells again', async () => {
  await keep([look([line(1, 'a')])], 10)
  await keep([{ node: 'pg-1', program: 'patroni', problem: 'Away.' }], 70)
  expect((await logsOf(store, id)).sources).toEqual([
    {
      node: 'pg-1',
      program: 'patroni',
      readTo: moment(1),
      seenAt: moment(10),
      problem: 'Away.',
      leftOut: 0,
      isCut: false,
    },
  ])
  await keep([look([], { isCut: true, leftOut: 3 })], 130)
  await keep([look([])], 190)
  expect((await logsOf(store, id)).sources).toMatchObject([
    { readTo: moment(1), seenAt: moment(190), problem: null, leftOut: 3, isCut: true },
  ])
})

test('of too many lines the first and the last are kept, and each that is not is counted once', async () => {
  const all = Array.from({ length: 900 }, (_, n) => line(n, `line ${n}`))
  for (let from = 0; from < all.length; from += 250) {
    // Each look reads again some of what the one before read.
    await keep([look(all.slice(Math.max(0, from - 60), from + 250))])
  }
  const logs = await logsOf(store, id)
  expect(logs.lines).toHaveLength(500)
  expect(logs.lines.map(({ text }) => text)).toEqual([...all.slice(0, 200), ...all.slice(600)].map(({ text }) => text))
  expect(logs.sources).toMatchObject([{ leftOut: 400 }])
  expect(logEntries(logs, moment(-300))[200]?.sentence).toMatch(/^400 more lines /)
})

test('logs go with their incident, and of one that is gone none are kept', async () => {
  await keep([look([line(1, 'a')])])
  await store.pool.query('delete from incident where id = $1', [id])
  await keep([look([line(1, 'a')])])
  expect(await logsOf(store, id)).toEqual({ lines: [], sources: [] })
})

test('two workers that keep the same at once keep it once', async () => {
  const lines = Array.from({ length: 50 }, (_, n) => line(n, `line ${n}`))
  await Promise.all(Array.from({ length: 4 }, () => keep([look(lines)])))
  expect((await logsOf(store, id)).lines).toHaveLength(50)
})
