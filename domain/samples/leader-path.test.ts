import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followLeader, type LeaderPath, secondsBehind } from './leader-path.ts'

const start = Date.UTC(2026, 10, 25, 12)
const at = (seconds: number) => new Date(start + seconds * 1000)

function pathOf(...points: [seconds: number, lsn: number][]): LeaderPath | null {
  let path: LeaderPath | null = null
  for (const [seconds, lsn] of points) {
    path = followLeader(path, { systemIdentifier: 's', seen: [{ at: at(seconds), lsn }] }, at(seconds))
  }
  return path
}

const behind = (path: LeaderPath | null, seconds: number, lsn: number) =>
  secondsBehind(path, { at: at(seconds), lsn }, at(seconds))

test('a replica that has all is 0 s behind, however long the leader has been idle', () => {
  const idle = pathOf([0, 100], ...Array.from({ length: 60 }, (_, n): [number, number] => [10 + n * 10, 500]))
  expect(behind(idle, 605, 500)).toBe(0)
})

test('a replica that gets nothing any more falls behind with the time, from when the leader went on', () => {
  const busy = pathOf([0, 100], [10, 200], [20, 300], [30, 400], [40, 500])
  expect(behind(busy, 41, 200)).toBe(21)
  expect(behind(busy, 61, 200)).toBe(41)
})

test('a replica on a busy system that is behind by less than one look is not said to be behind', () => {
  expect(behind(pathOf([0, 100], [10, 200_000]), 10.5, 199_000)).toBe(0.5)
  expect(behind(pathOf([0, 100], [10, 200_000]), 9.8, 199_000)).toBe(0)
})

test('what was before the first look is unknown, and so is what a silent leader wrote since', () => {
  expect(behind(pathOf([0, 100]), 5, 50)).toBeNull()
  expect(behind(pathOf([0, 100]), 60, 100)).toBeNull()
  expect(behind(null, 0, 100)).toBeNull()
  expect(behind(pathOf([0, 100]), 0, Number.NaN)).toBeNull()
})

test('what a former leader wrote and nobody took over is no part of the path', () => {
  const path = pathOf([0, 100], [10, 900], [20, 500], [30, 600])
  expect(path?.points.map(({ lsn }) => lsn)).toEqual([100, 500, 600])
  expect(followLeader(path, { systemIdentifier: 'other', seen: [] }, at(40))).toBeNull()
})

test('three days of a busy leader are kept in some hundred points, and what is older is told as that old', () => {
  let path: LeaderPath | null = null
  const minutes = 4 * 1440
  for (let n = 0; n <= minutes; n++) {
    path = followLeader(path, { systemIdentifier: 's', seen: [{ at: at(n * 60), lsn: n * 100 }] }, at(n * 60))
  }
  const end = minutes * 60
  expect(path?.points.length).toBeLessThan(1_000)
  const hourBehind = behind(path, end, (minutes - 60) * 100) ?? 0
  expect(hourBehind).toBeGreaterThan(3_400)
  expect(hourBehind).toBeLessThanOrEqual(3_600)
  expect(behind(path, end, 1)).toBeGreaterThan(71 * 3_600)
})

test('a lag is never negative and never longer than the leader was watched', () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: -50, max: 500 }))
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(20_000), (steps, held) => {
      let [seconds, lsn] = [0, 5_000]
      let path: LeaderPath | null = null
      for (const [wait, grown] of steps) {
        seconds += wait
        lsn += grown
        path = followLeader(path, { systemIdentifier: 's', seen: [{ at: at(seconds), lsn }] }, at(seconds))
        const lag = behind(path, seconds, held)
        expect(lag ?? 0).toBeGreaterThanOrEqual(0)
        expect(lag ?? 0).toBeLessThanOrEqual(seconds)
        const positions = path?.points.map((point) => point.lsn) ?? []
        expect(positions).toEqual(positions.toSorted((a, b) => a - b))
      }
    }),
  )
})
