import { expect, test } from 'vitest'
import { formatSamples } from './exposition.ts'
import { counter, gauge, sample } from './family.ts'

const rooms = gauge('rooms', 'Back\\slash and\nline.')
const doors = counter('doors', 'Doors.')

test('names and help are there without a sample, and what would break a line is escaped', () => {
  const text = formatSamples([rooms, doors], sample(rooms, { name: 'a"b\\c\nd' }, 2))
  expect(text).toBe(
    '# HELP matriarch_rooms Back\\\\slash and\\nline.\n# TYPE matriarch_rooms gauge\nmatriarch_rooms{name="a\\"b\\\\c\\nd"} 2\n' +
      '# HELP matriarch_doors_total Doors.\n# TYPE matriarch_doors_total counter\n',
  )
})

test('what is not known has no sample, no series comes twice, and names are cut', () => {
  const samples = [sample(rooms, {}, null), sample(rooms, {}, Number.NaN), sample(rooms, {}, 1), sample(rooms, {}, 2)]
  expect(formatSamples([rooms], samples.flat())).toContain('gauge\nmatriarch_rooms 1\n')
  expect(formatSamples([rooms], samples.flat()).match(/^matriarch_rooms/gm)).toHaveLength(1)
  expect(formatSamples([rooms], sample(rooms, { name: 'x'.repeat(1_000) }, 1)).length).toBeLessThan(320)
})

test('a sample of a metric that is not told is a fault', () => {
  expect(() => formatSamples([rooms], sample(doors, {}, 1))).toThrow(/matriarch_doors_total/)
})
