import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Clock } from './clock.ts'

const server = new Date('2026-11-23T12:00:00.000Z')

beforeEach(() => {
  // The viewer's machine is two hours behind.
  vi.useFakeTimers({ now: new Date('2026-11-23T10:00:00.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

test('it ticks in the time of the server, whatever the viewer’s machine believes', () => {
  const clock = new Clock(server)
  const stop = clock.start(server)
  vi.advanceTimersByTime(3000)
  expect(clock.read()).toEqual(new Date('2026-11-23T12:00:03.000Z'))
  expect(clock.readFirst()).toEqual(server)
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('of two messages, the one that travelled shorter sets the time', () => {
  const clock = new Clock(server)
  clock.sync(server)
  clock.sync(new Date(server.getTime() - 400))
  expect(clock.read()).toEqual(server)
  clock.sync(new Date(server.getTime() + 200))
  expect(clock.read()).toEqual(new Date(server.getTime() + 200))
})

test('a clock that was set back is followed', () => {
  const clock = new Clock(server)
  clock.sync(server)
  clock.sync(new Date(server.getTime() - 60_000))
  expect(clock.read()).toEqual(new Date(server.getTime() - 60_000))
})
