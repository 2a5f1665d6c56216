import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seriesCsv } from './series-csv.ts'
import { readSeriesText, seriesText } from './series-text.ts'

const from = new Date('2026-11-25T12:00:00Z')

test('samples are told one a line, in UTC, gaps as empty cells', () => {
  const values = [1, null, 0.25]
  const name = { kind: 'member' as const, member: 'pg-1', metric: 'poolBusy' }
  const csv = seriesCsv({
    from,
    stepSeconds: 10,
    resolution: 'raw',
    series: [{ name, avg: values, min: values, max: values }],
  })
  expect(csv.split('\r\n')).toEqual([
    'time,poolBusy@pg-1',
    '2026-11-25T12:00:00.000Z,1',
    '2026-11-25T12:00:10.000Z,',
    '2026-11-25T12:00:20.000Z,0.25',
    '',
  ])
})

test('buckets of many samples tell their lowest and highest too, and nobody can slip in a formula', () => {
  const name = { kind: 'cluster' as const, member: null, metric: '=HYPERLINK("http://x", "level")' }
  const csv = seriesCsv({
    from,
    stepSeconds: 3600,
    resolution: 'hour',
    series: [{ name, avg: [2], min: [1], max: [3] }],
  })
  expect(csv.split('\r\n')).toEqual([
    ['time', '', ' lowest', ' highest']
      .map((end, n) => (n === 0 ? end : `"'=HYPERLINK(""http://x"", ""level"")${end}"`))
      .join(','),
    '2026-11-25T12:00:00.000Z,2,1,3',
    '',
  ])
})

test('a series comes back from its word', () => {
  const word = fc.string({ minLength: 1 })
  fc.assert(
    fc.property(
      word.filter((text) => !text.includes('@')),
      fc.option(word, { nil: null }),
      (metric, member) => {
        const name = { kind: member === null ? ('cluster' as const) : ('member' as const), member, metric }
        expect(readSeriesText(seriesText(name))).toEqual(name)
      },
    ),
  )
})
