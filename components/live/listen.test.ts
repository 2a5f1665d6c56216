import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '#components/trpc/client.ts'
import type { FeedMessage } from '#domain/fleet/view.ts'
import { Line } from './line.ts'
import { listen } from './listen.ts'

interface Stream {
  input: { cluster: string | null; lastEventId?: string }
  onData: (told: { id: string; data: FeedMessage }) => void
  onConnectionStateChange: (change: { state: 'connecting' | 'pending'; error?: Error }) => void
  onError: (error: unknown) => void
  onComplete: () => void
  isOpen: boolean
}

const hello: FeedMessage = { kind: 'hello', serverNow: new Date(0), storeReachable: true }

let streams: Stream[]
let line: Line
let heard: FeedMessage[]
let caughtUp: number
let met: string[]

beforeEach(() => {
  vi.useFakeTimers()
  streams = []
  line = new Line()
  heard = []
  caughtUp = 0
  met = []
})
afterEach(() => {
  vi.useRealTimers()
})

/** A client of which only the feed and the question who one is are there. */
function makeClient(): Client {
  const client = {
    live: {
      feed: {
        subscribe(input: Stream['input'], handlers: Omit<Stream, 'input' | 'isOpen'>) {
          const stream = { input, ...handlers, isOpen: true }
          streams.push(stream)
          const unsubscribe = () => {
            if (!stream.isOpen) return
            stream.isOpen = false
            // As the client does it: who leaves a stream hears that it is complete.
            stream.onComplete()
          }
          return { unsubscribe }
        },
      },
    },
    session: { whoami: { query: () => Promise.resolve(null) } },
  }
  return client as unknown as Client
}

function start(cluster = 'shop') {
  const hear = (message: FeedMessage) => heard.push(message)
  line.watch(cluster)
  return listen({
    client: makeClient(),
    cluster,
    line,
    hear,
    catchUp: () => (caughtUp += 1),
    meet: (name) => met.push(name),
  })
}

function newest(): Stream {
  const stream = streams.at(-1)
  if (!stream) throw new Error('No stream was opened.')
  return stream
}

test('a line that comes up is live, and asks nothing again', () => {
  start()
  newest().onConnectionStateChange({ state: 'pending' })
  newest().onData({ id: '4.1', data: hello })
  expect(line.read().phase).toBe('live')
  expect(heard).toEqual([hello])
  expect(caughtUp).toBe(0)
})

test('a line that breaks goes on from the last message and catches up once', () => {
  start()
  newest().onConnectionStateChange({ state: 'pending' })
  newest().onData({ id: '4.1', data: hello })
  newest().onError(new Error('gone'))
  expect(line.read().phase).toBe('reconnecting')
  vi.advanceTimersByTime(250)
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([false, true])
  expect(newest().input).toEqual({ cluster: 'shop', lastEventId: '4.1' })
  newest().onConnectionStateChange({ state: 'pending' })
  newest().onConnectionStateChange({ state: 'pending' })
  expect(line.read().phase).toBe('live')
  expect(caughtUp).toBe(1)
})

test('a browser that reconnects by itself catches up as well', () => {
  start()
  newest().onConnectionStateChange({ state: 'pending' })
  newest().onConnectionStateChange({ state: 'connecting', error: new Error('gone') })
  expect(line.read().phase).toBe('reconnecting')
  newest().onConnectionStateChange({ state: 'pending' })
  expect(caughtUp).toBe(1)
})

test('a first connection that fails is told, not shown as one that comes up', () => {
  start()
  newest().onConnectionStateChange({ state: 'connecting' })
  expect(line.read().phase).toBe('connecting')
  newest().onConnectionStateChange({ state: 'connecting', error: new Error('refused') })
  expect(line.read().phase).toBe('reconnecting')
})

test('a stream that neither begins nor fails is given up, and tried again with more patience', () => {
  start()
  vi.advanceTimersByTime(5_000)
  expect(line.read().phase).toBe('reconnecting')
  vi.advanceTimersByTime(249)
  expect(streams.length).toBe(1)
  vi.advanceTimersByTime(1)
  expect(streams.map(({ isOpen }) => isOpen)).toEqual([false, true])
  vi.advanceTimersByTime(9_999)
  expect(streams.length).toBe(2)
  newest().onConnectionStateChange({ state: 'pending' })
  vi.advanceTimersByTime(60_000)
  expect(streams.length).toBe(2)
  expect(line.read().phase).toBe('live')
})

test('going to another cluster neither breaks the line nor asks anything again', () => {
  const close = start()
  newest().onConnectionStateChange({ state: 'pending' })
  close()
  start()
  newest().onConnectionStateChange({ state: 'connecting' })
  expect(line.read().phase).toBe('live')
  newest().onConnectionStateChange({ state: 'pending' })
  expect(caughtUp).toBe(0)
})

test('another cluster is met anew: events of the one before do not count for it', () => {
  const close = start()
  newest().onConnectionStateChange({ state: 'pending' })
  newest().onData({ id: '4.1', data: hello })
  line.watch('billing')
  newest().onData({ id: '5.1', data: hello })
  close()
  start('billing')
  expect(newest().input).toEqual({ cluster: 'billing' })
  newest().onConnectionStateChange({ state: 'pending' })
  expect(met).toEqual(['shop', 'billing'])
  expect(caughtUp).toBe(0)
})

test('after a pause it catches up', () => {
  start()()
  line.setPhase('paused')
  line.setPhase('connecting')
  start()
  newest().onConnectionStateChange({ state: 'pending' })
  expect(caughtUp).toBe(1)
})

test('the pauses between tries grow, but never beyond ten seconds', () => {
  start()
  for (let tries = 0; tries < 12; tries += 1) {
    newest().onError(new Error('gone'))
    const before = streams.length
    vi.advanceTimersByTime(Math.min(250 * 2 ** tries, 10_000) - 1)
    expect(streams.length).toBe(before)
    vi.advanceTimersByTime(1)
    expect(streams.length).toBe(before + 1)
  }
})

test('a closed line opens nothing any more', () => {
  const close = start()
  newest().onError(new Error('gone'))
  close()
  vi.advanceTimersByTime(60_000)
  expect(streams.length).toBe(1)
  expect(streams.every(({ isOpen }) => !isOpen)).toBe(true)
})
