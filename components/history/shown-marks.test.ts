import { expect, test } from 'vitest'
import { markSorts } from './history-marks.ts'
import { shownMarks, toggledMarks } from './shown-marks.ts'

test('all marks are shown unless the address names some, and what it says can be read back', () => {
  expect(shownMarks('')).toEqual(markSorts)
  expect(shownMarks('nonsense')).toEqual(markSorts)
  expect(shownMarks('alerts,nonsense')).toEqual(['alerts'])
  expect(toggledMarks(markSorts, 'alerts')).toBe('events,operations')
  expect(toggledMarks(['events', 'operations'], 'alerts')).toBe('')
  expect(shownMarks(toggledMarks(['alerts'], 'alerts'))).toEqual([])
})
