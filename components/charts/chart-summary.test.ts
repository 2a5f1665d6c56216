import { expect, test } from 'vitest'
import type { ChartLine } from './chart-line.ts'
import { chartSummary, pointWords } from './chart-summary.ts'
import { keyPoint } from './key-point.ts'

const time = { from: new Date('2026-11-23T12:00:00Z'), stepMs: 5000, points: 3 }
const line = (name: string, values: (number | null)[]): ChartLine => ({
  name,
  colour: 0,
  avg: values,
  min: values,
  max: values,
  led: null,
  isLeader: false,
})
const lines = [line('pg-node-1', [0, 48_000_000, 1200]), line('pg-node-2', [null, null, null])]

test('a chart is told in a sentence', () => {
  expect(chartSummary('Not yet replayed', lines, time, 'bytes', 'UTC')).toBe(
    'Not yet replayed, Mon 23 Nov 2026, 12:00 to 12:00: pg-node-1 0 B to 48 MB, the newest 1.2 kB; pg-node-2 has no value.',
  )
  expect(chartSummary('Size', [line('', [7, 7, 7])], time, 'count', 'UTC')).toContain(': always 7.')
})

test('a point is told by its moment and who had what', () => {
  expect(pointWords(lines, time, 1, 'bytes', 'Europe/Berlin')).toBe('13:00:05, pg-node-1 48 MB, pg-node-2 no value')
  const days = { ...time, stepMs: 86_400_000 }
  expect(pointWords(lines, days, 1, 'bytes', 'UTC')).toBe('Tue 24 Nov 2026, pg-node-1 48 MB, pg-node-2 no value')
})

test('keys move the cursor and stop at the ends', () => {
  const go = (key: string, point: number, shiftKey = false) => keyPoint({ key, shiftKey }, point, 100)
  expect(go('ArrowLeft', 5)).toBe(4)
  expect(go('ArrowRight', 5, true)).toBe(15)
  expect(go('PageUp', 95)).toBe(99)
  expect(go('Home', 50)).toBe(0)
  expect(go('End', 50)).toBe(99)
  expect(go('a', 50)).toBeNull()
})
