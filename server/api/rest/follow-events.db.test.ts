import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ClusterEvent } from '#domain/event.ts'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { addCluster, makeEvent, sweep } from '../testing/sweep.ts'

const hourMs = 3_600_000
const clusterId = randomUUID()
let version = 0

test('what is past is told from a time on or after an event, then each event as it comes, whatever its time', () =>
  withConsole(async ({ owner, follow, happen }) => {
    await happen('old', { at: hoursAgo(3) })
    await happen('young')
    await using since = await follow(`since=${hoursAgo(1).toISOString()}`)
    expect(await since.next()).toBe('young')
    const { rows } = await owner.pool.query<{ id: string }>(`select id from event where sentence = 'old'`)
    await using after = await follow(`after=${rows[0]?.id}`)
    expect(await after.next()).toBe('young')
    await using now = await follow('')
    // Noticed now, but of a time before that of the event told last.
    await happen('found out late', { at: hoursAgo(2) })
    expect([await since.next(), await after.next(), await now.next()]).toEqual(Array(3).fill('found out late'))
  }))

test('a follower hears only what it asked for', () =>
  withConsole(async ({ follow, happen }) => {
    await happen('past', { severity: 'critical' })
    await using critical = await follow('severity=critical&after=0')
    await using joined = await follow('kinds=member-joined&member=n2')
    await happen('no', { severity: 'info', kind: 'member-joined', member: 'n1' })
    await happen('yes', { severity: 'critical', kind: 'member-joined', member: 'n2' })
    expect([await critical.next(), await critical.next(), await joined.next()]).toEqual(['past', 'yes', 'yes'])
  }))

test('more past than fits a page is told whole and in order', () =>
  withConsole(async ({ owner, follow }) => {
    const events = Array.from({ length: 1_203 }, (_, n) => makeEvent(String(n)))
    version += 1
    await sweep(owner, { clusterId, version, events })
    await using all = await follow('after=0')
    for (const { sentence } of events) expect(await all.next()).toBe(sentence)
  }))

test.each([
  ['/clusters/main/events?follow=true&since=yesterday', 400, ['since']],
  ['/clusters/main/events?follow=true&limit=5', 400, ['limit']],
  ['/clusters/main/events?follow=true&severity=loud', 400, ['severity']],
  ['/clusters/main/events?follow=yes', 400, ['follow']],
  ['/clusters/nobody/events?follow=true', 404, []],
] as const)('%s is answered with %i', (path, status, names) =>
  withConsole(async ({ console, token }) => {
    const response = await console.rest('GET', path, { token })
    const body: unknown = await response.json()
    expect([response.status, body]).toMatchObject([status, { fields: names.map((field) => ({ field })) }])
  }),
)

interface Given {
  owner: TestStore
  console: TestConsole
  token: string
  follow: (query: string) => Promise<AsyncDisposable & { next: () => Promise<string | undefined> }>
  happen: (sentence: string, change?: Partial<ClusterEvent>) => Promise<void>
}

async function withConsole(work: (given: Given) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const token = await console.token('viewer')
  await work({
    owner,
    console,
    token,
    async follow(query) {
      const response = await console.rest('GET', `/clusters/main/events?follow=true&${query}`, { token })
      expect(response.status).toBe(200)
      const lines = linesOf(response)
      return {
        next: async () => (await lines.next()).value,
        [Symbol.asyncDispose]: async () => void (await lines.return(undefined)),
      }
    },
    async happen(sentence, change = {}) {
      version += 1
      await sweep(owner, { clusterId, version, events: [{ ...makeEvent(sentence), ...change }] })
    },
  })
}

async function* linesOf({ body }: Response): AsyncGenerator<string, undefined, void> {
  let rest = ''
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const whole = (rest + chunk).split('\n')
    rest = whole.pop() ?? ''
    for (const line of whole.filter((each) => each !== '')) {
      const event: { sentence: string } = JSON.parse(line)
      yield event.sentence
    }
  }
}

function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * hourMs)
}
