import { expect, test } from 'vitest'
import { keepRunning } from './keep-running.ts'
import type { Postmaster } from './postmaster.ts'

test('a server that is being started again when the stop comes is stopped too, once it runs', async () => {
  const first = makeServer()
  const second = makeServer()
  const starting = pending<Postmaster>()
  const asked = pending<void>()
  const kept = keepRunning(
    first,
    () => {
      asked.resolve()
      return starting.promise
    },
    () => {},
  )
  first.crash()
  await asked.promise
  const stopped = kept.stop()
  starting.resolve(second)
  await stopped
  expect([first.stops, second.stops]).toEqual([1, 1])
})

test('a stop during the pause before a new start starts nothing any more', async () => {
  const first = makeServer()
  const told = pending<void>()
  let starts = 0
  const start = () => {
    starts += 1
    return Promise.resolve(makeServer())
  }
  const kept = keepRunning(first, start, () => told.resolve())
  first.crash()
  await told.promise
  await kept.stop()
  expect([first.stops, starts]).toEqual([1, 0])
})

function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve }
}

function makeServer(): Postmaster & { crash: () => void; stops: number } {
  const ended = pending<void>()
  return {
    exited: ended.promise,
    crash: () => ended.resolve(),
    stops: 0,
    async stop() {
      this.stops += 1
      ended.resolve()
    },
  }
}
