import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('many turns leave nothing on the signal they wait with', async () => {
  const stop = new AbortController()
  const pace = new Pace()
  for (let turn = 0; turn < 5; turn++) {
    const over = pace.turn(1_000, stop.signal)
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
    pace.want('now')
    await over
  }
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0)
})

test('a turn ends when something is asked for, when its time is over, and with the signal', async () => {
  const stop = new AbortController()
  const pace = new Pace()
  const begunAt = Date.now()
  await pace.turn(1, stop.signal)
  const hurried = pace.turn(60_000, stop.signal)
  pace.want('soon')
  await hurried
  const stopped = pace.turn(60_000, stop.signal)
  stop.abort()
  await stopped
  expect(Date.now() - begunAt).toBeLessThan(10_000)
})
