import { expect, test } from 'vitest'
import { placeMarks, type ChartMark } from './place-marks.ts'

const from = new Date('2026-11-23T12:00:00Z')
const to = new Date('2026-11-23T13:00:00Z')
const mark = (minute: number, weight: ChartMark['weight'] = 'info'): ChartMark => ({
  key: `${minute} ${weight}`,
  at: new Date(from.getTime() + minute * 60_000),
  sentence: `At ${minute}.`,
  href: '/',
  weight,
})
const placed = (marks: ChartMark[], closest = 0.02) =>
  placeMarks(marks, { from, to }, closest).map(({ place, weight, marks: own }) => [place, weight, own.length])

test('a mark stands where its moment is', () => {
  expect(placed([mark(15), mark(45, 'critical')])).toEqual([
    [0.25, 'info', 1],
    [0.75, 'critical', 1],
  ])
})

test('marks that would stand on each other are one, as grave as the gravest', () => {
  expect(placed([mark(30.5, 'warning'), mark(30), mark(31, 'critical'), mark(40)])).toEqual([
    [0.5, 'critical', 3],
    [40 / 60, 'info', 1],
  ])
})

test('a row of close marks is not drawn together without end', () => {
  expect(placed([0, 1, 2, 3].map((minute) => mark(minute)))).toEqual([
    [0, 'info', 2],
    [2 / 60, 'info', 2],
  ])
})

test('what happened before or after is not marked', () => {
  expect(placed([mark(-1), mark(0), mark(60)])).toEqual([[0, 'info', 1]])
})
