import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import type { FeedMessage } from '#domain/fleet/view.ts'
import { inTransaction } from '#server/store/open.ts'
import { notify } from '#server/store/notify.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole, type TestConsole } from '../testing/console.ts'
import { furnish } from '../testing/two-clusters.ts'
import { addCluster, makeEvent, sweep } from '../testing/sweep.ts'

const clusterId = randomUUID()

test('a page hears how things are, then every change within milliseconds', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const { cookie } = await console.signedIn('viewer')
  await using page = await openPage(console, cookie)
  const first = await page.until((message) => message.kind === 'snapshot')
  expect(first.map(({ message }) => message.kind)).toEqual(['hello', 'fleet', 'snapshot'])
  await sleep(600)
  const delays: number[] = []
  for (let version = 2; version < 12; version++) {
    const startedAt = performance.now()
    await sweep(owner, { clusterId, version: version, events: [makeEvent(`leader changed ${version}`)] })
    await page.until(isEvent(`leader changed ${version}`))
    delays.push(performance.now() - startedAt)
  }
  // What is not urgent waits 250 ms for the telling before it; the quickest of them was not held up by the machine either.
  expect(Math.min(...delays.slice(1))).toBeLessThan(200)
  const events = page.heard.flatMap(({ message }) => (message.kind === 'event' ? [message.event.sentence] : []))
  expect(page.heard.some(({ message }) => message.kind === 'snapshot' && message.snapshot.version === 11)).toBe(true)
  expect(events).toEqual(Array.from({ length: 10 }, (_, n) => `leader changed ${n + 2}`))
})

test('a page that comes back hears what it missed, once and in order', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1, events: [makeEvent('before')] })
  const { cookie } = await console.signedIn('viewer')
  let lastId: string
  {
    await using page = await openPage(console, cookie)
    await page.until((message) => message.kind === 'snapshot')
    await sweep(owner, { clusterId, version: 2, events: [makeEvent('one')] })
    lastId = (await page.until(isEvent('one'))).at(-1)?.id ?? ''
  }
  await sweep(owner, { clusterId, version: 3, events: [makeEvent('two'), makeEvent('three')] })
  await using page = await openPage(console, cookie, lastId)
  await page.until(isEvent('three'))
  await sweep(owner, { clusterId, version: 4, events: [makeEvent('four')] })
  await page.until(isEvent('four'))
  const events = page.heard.flatMap(({ message }) => (message.kind === 'event' ? [message.event.sentence] : []))
  expect(events).toEqual(['two', 'three', 'four'])
})

test('events told while the notices could not be heard arrive all the same', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const { cookie } = await console.signedIn('viewer')
  await using page = await openPage(console, cookie)
  await page.until((message) => message.kind === 'snapshot')
  const admin = new pg.Client({ connectionString: owner.adminUrl })
  await admin.connect()
  for (let n = 2; n < 6; n++) {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'matriarch feed' and datname = $1`,
      [owner.database],
    )
    await sweep(owner, { clusterId, version: n, events: [makeEvent(`during outage ${n}`)] })
    expect(await page.until(isEvent(`during outage ${n}`))).not.toEqual([])
  }
  await admin.end()
})

test('a stream ends when its session does', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const { cookie, sessionId } = await console.signedIn('viewer')
  await using page = await openPage(console, cookie)
  await page.until((message) => message.kind === 'hello')
  await inTransaction(owner, async (tx) => {
    await tx.query('update app_session set ended_at = now() where id_hash = $1', [sessionId])
    await notify(tx, { kind: 'users' })
  })
  expect(await page.end()).toContain('"appCode":"unauthenticated"')
})

test.each([
  ['disabled', 'users.update', (id: string) => ({ id, disabled: true })],
  ['signed out everywhere by an administrator', 'users.endSession', (id: string) => ({ id })],
])('an open stream ends at once when its person is %s', async (_, path, inputOf) => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  const admin = await console.signedIn('admin')
  const { id, cookie } = await console.signedIn('viewer')
  await using page = await openPage(console, cookie)
  await page.until((message) => message.kind === 'hello')
  expect((await console.command(path, inputOf(id), { cookie: admin.cookie })).status).toBe(200)
  expect(await page.end()).toContain('"appCode":"unauthenticated"')
})

test('a stream tells of what its grants let it see, and narrows and widens with them', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const orders = await furnish(owner, 'orders', ['prod'])
  const stock = await furnish(owner, 'stock', ['test'])
  const { id, cookie } = await console.signedIn([{ role: 'viewer', scope: { kind: 'label', label: 'prod' } }])
  await using page = await openPage(console, cookie)
  const first = await page.until((message) => message.kind === 'fleet')
  expect(rowsIn(first.at(-1)?.message)).toEqual([['orders'], []])
  const give = (label: string) =>
    inTransaction(owner, async (tx) => {
      await tx.query('update app_grant set label = $2 where user_id = $1', [id, label])
      await notify(tx, { kind: 'users' })
    })
  await give('test')
  const turned = await page.until(isRemoval)
  expect(rowsIn(turned.at(-1)?.message)).toEqual([['stock'], [orders.id]])
  await inTransaction(owner, async (tx) => {
    await tx.query(`update cluster set labels = '{}' where id = $1`, [stock.id])
    await notify(tx, { kind: 'clusters' })
  })
  const unlabelled = await page.until(isRemoval)
  expect(rowsIn(unlabelled.at(-1)?.message)).toEqual([[], [stock.id]])
  await inTransaction(owner, async (tx) => {
    await tx.query('delete from app_grant where user_id = $1', [id])
    await notify(tx, { kind: 'users' })
  })
  expect(await page.end()).toContain('"appCode":"forbidden"')
})

test('a stream of a cluster ends when the right to see it goes, and begins again without it', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const { id, cookie } = await console.signedIn([{ role: 'viewer', scope: { kind: 'cluster', clusterId } }])
  await furnish(owner, 'stock', [])
  await using page = await openPage(console, cookie)
  await page.until((message) => message.kind === 'snapshot')
  await inTransaction(owner, async (tx) => {
    await tx.query(`update app_grant set scope = 'label', cluster_id = null, label = 'prod' where user_id = $1`, [id])
    await notify(tx, { kind: 'users' })
  })
  const gone = await page.until(isRemoval)
  expect(rowsIn(gone.at(-1)?.message)).toEqual([[], [clusterId]])
  expect(await page.end()).toBe('')
  await using again = await openPage(console, cookie)
  const heard = await again.until((message) => message.kind === 'fleet')
  expect(heard.map(({ message }) => message.kind)).toEqual(['hello', 'fleet'])
  expect(rowsIn(heard.at(-1)?.message)).toEqual([[], []])
  await sweep(owner, { clusterId, version: 2, events: [makeEvent('unseen')] })
  await inTransaction(owner, async (tx) => {
    await tx.query(`update cluster set labels = '{prod}' where name = 'stock'`)
    await notify(tx, { kind: 'clusters' })
  })
  const later = await again.until((message) => message.kind === 'fleet')
  expect(later.map(({ message }) => message.kind)).toEqual(['fleet'])
})

test('a cluster that is added or removed appears and goes', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  const { cookie } = await console.signedIn('viewer')
  await using page = await openPage(console, cookie)
  await page.until((message) => message.kind === 'fleet')
  await addCluster(owner, clusterId)
  await page.until((message) => message.kind === 'fleet' && message.rows.some((row) => row.clusterId === clusterId))
  await inTransaction(owner, async (tx) => {
    await tx.query('delete from cluster where id = $1', [clusterId])
    await notify(tx, { kind: 'clusters' })
  })
  const last = await page.until((message) => message.kind === 'fleet' && message.removed.length > 0)
  expect(last.at(-1)?.message).toMatchObject({ removed: [clusterId] })
})

test.each(['backups', 'stack'] as const)(
  'a page hears of a new look (%s) only of the cluster it shows',
  async (kind) => {
    await using owner = await openTestStore()
    await using console = await openTestConsole(owner)
    await addCluster(owner, clusterId)
    await sweep(owner, { clusterId, version: 1 })
    const subscriber = await console.services.hub.subscribe(clusterId)
    const tell = (id: string) => inTransaction(owner, (tx) => notify(tx, { kind, clusterId: id }))
    const hear = async () => {
      const { messages } = await subscriber.take(500, new AbortController().signal)
      return messages.map(({ kind }) => kind)
    }
    /** All that is heard up to an event of now: notices come in their order. */
    const heardBefore = async (event: string, version: number) => {
      await sweep(owner, { clusterId, version, events: [makeEvent(event)] })
      const kinds: FeedMessage['kind'][] = []
      while (!kinds.includes('event')) kinds.push(...(await hear()))
      return kinds
    }
    // The hub may not listen yet.
    await expect.poll(() => tell(clusterId).then(hear), { timeout: 60_000 }).toContain(kind)
    await heardBefore('what was told more than once is over', 2)
    await tell('00000000-0000-4000-8000-0000000000ff')
    expect(await heardBefore('the other cluster has been told of', 3)).not.toContain(kind)
    console.services.hub.unsubscribe(subscriber)
  },
)

test('a page that takes nothing for long is caught up from the store', async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await addCluster(owner, clusterId)
  await sweep(owner, { clusterId, version: 1 })
  const subscriber = await console.services.hub.subscribe(clusterId)
  const many = Array.from({ length: 250 }, (_, n) => makeEvent(`event ${n}`))
  await sweep(owner, { clusterId, version: 2, events: many })
  const { rows } = await owner.pool.query<{ newest: number }>('select max(id) as newest from event')
  await expect.poll(() => console.services.hub.lastEventId, { timeout: 60_000 }).toBe(rows[0]?.newest)
  const delivery = await subscriber.take(1_000, new AbortController().signal)
  expect(delivery.missedEvents).toBe(true)
  expect(delivery.messages.map(({ kind }) => kind)).toEqual(['snapshot', 'fleet'])
  console.services.hub.unsubscribe(subscriber)
})

function isEvent(sentence: string): (message: FeedMessage) => boolean {
  return (message) => message.kind === 'event' && message.event.sentence === sentence
}

function isRemoval(message: FeedMessage): boolean {
  return message.kind === 'fleet' && message.removed.length > 0
}

function rowsIn(message: FeedMessage | undefined) {
  return message?.kind === 'fleet' ? [message.rows.map(({ name }) => name), message.removed] : null
}

interface Heard {
  id: string
  message: FeedMessage
}

/** The stream as a browser reads it. */
async function openPage(console: TestConsole, cookie: string, lastEventId?: string) {
  const leaving = new AbortController()
  const response = await console.send(
    `/api/trpc/live.feed?input=${encodeURIComponent(JSON.stringify({ json: { cluster: 'main' } }))}`,
    {
      headers: { cookie, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      signal: leaving.signal,
    },
  )
  if (!response.body) throw new Error('no stream')
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const heard: Heard[] = []
  let text = ''
  let failure = ''
  const readMore = async () => {
    const { value, done } = await reader.read()
    if (done) return false
    const blocks = (text + value).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null
      if (field('event') === 'serialized-error') failure = field('data') ?? ''
      const id = field('id')
      if (id !== null) heard.push({ id, message: superjson.deserialize(JSON.parse(field('data') ?? '')) })
    }
    return true
  }
  let from = 0
  return {
    heard,
    /** What is heard from now on, up to the message that is waited for. */
    async until(isIt: (message: FeedMessage) => boolean): Promise<Heard[]> {
      for (;;) {
        const at = heard.findIndex(({ message }, n) => n >= from && isIt(message))
        if (at >= 0) {
          const part = heard.slice(from, at + 1)
          from = at + 1
          return part
        }
        if (!(await readMore())) throw new Error(`the stream ended: ${failure}`)
      }
    },
    /** Why the stream ended. */
    async end(): Promise<string> {
      while (await readMore());
      return failure
    },
    async [Symbol.asyncDispose]() {
      leaving.abort()
      await reader.cancel().catch(() => {})
    },
  }
}
