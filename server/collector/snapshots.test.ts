import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { neverSeen } from '#domain/snapshot/reading.ts'
import { SnapshotTaker } from './snapshots.ts'

const readings = () => ({
  clusterId: 'c',
  clusterName: 'orders',
  members: [],
  etcd: null,
  haproxy: null,
  config: neverSeen,
  history: neverSeen,
})

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

function counting() {
  const takenAtMs: number[] = []
  const taker = new SnapshotTaker({
    previous: null,
    readings,
    onTaken: ({ snapshot }) => takenAtMs.push(snapshot.takenAt.getTime() - 1_000_000),
    clock: () => new Date(),
  })
  return { taker, takenAtMs }
}

test('the first news is told at once, what follows is gathered, and rest has its own beat', () => {
  const { taker, takenAtMs } = counting()
  for (let ms = 0; ms < 600; ms += 50) {
    taker.poke('soon')
    vi.advanceTimersByTime(50)
  }
  vi.advanceTimersByTime(4_400)
  expect(takenAtMs).toEqual([0, 250, 500, 750, 2_750, 4_750])
  taker.stop()
})

test('what cannot wait is told at once', () => {
  const { taker, takenAtMs } = counting()
  taker.poke('soon')
  vi.advanceTimersByTime(60)
  taker.poke('now')
  expect(takenAtMs).toEqual([0, 60])
  taker.stop()
})

test('nothing is taken before the first poke and after the end', () => {
  const { taker, takenAtMs } = counting()
  vi.advanceTimersByTime(10_000)
  expect(taker.isRunning()).toBe(false)
  taker.poke('now')
  taker.stop()
  vi.advanceTimersByTime(10_000)
  expect(takenAtMs).toEqual([10_000])
})

test('versions grow by one', () => {
  const { taker } = counting()
  taker.poke('now')
  taker.poke('now')
  expect(taker.current()?.version).toBe(2)
  taker.stop()
})
