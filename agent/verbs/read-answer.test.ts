import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAnswer } from './read-answer.ts'
import { readCsv } from './read-csv.ts'

const written = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`).join('')

test('what is written as CSV is read as it was', () => {
  const row = fc.array(fc.string({ unit: fc.constantFrom(...'a",\n\r \\ä'.split('')) }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
      expect(readCsv(written(rows))).toEqual(rows)
    }),
  )
})

test.each([
  ['', []],
  ['a\n', [['a']]],
  ['a,\n', [['a', '']]],
  ['\n', [['']]],
  ['a,"b\nc', [['a', 'b\nc']]],
])('%j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows)
})

const limits = { mark: 'NULL', mostRows: 2, isCut: false }

test('rows beyond the limit, and the rest of long cells, are cut', () => {
  expect(readAnswer('n\n1\nNULL\n', limits)).toEqual({ columns: ['n'], rows: [['1'], [null]], isCut: false })
  expect(readAnswer('n\n1\n2\n3\n', limits)).toEqual({ columns: ['n'], rows: [['1'], ['2']], isCut: true })
  expect(readAnswer(`n\n${'x'.repeat(1_001)}\n`, limits)).toMatchObject({ rows: [['x'.repeat(1_000)]], isCut: true })
  expect(readAnswer('n\n1\n2', { ...limits, isCut: true })).toMatchObject({ rows: [['1']], isCut: true })
  const pair = readAnswer(`n\n${'x'.repeat(999)}😀\n`, limits).rows[0]?.[0]
  expect(pair).toBe('x'.repeat(999))
  expect(readAnswer('', limits)).toEqual({ columns: [], rows: [], isCut: false })
})

test('an answer never outgrows its message', () => {
  const wide = written(Array.from({ length: 101 }, () => Array.from({ length: 20 }, () => '\u0001'.repeat(900))))
  const { rows, isCut } = readAnswer(wide, { ...limits, mostRows: 100 })
  expect(isCut).toBe(true)
  expect(JSON.stringify(rows).length).toBeLessThan(1024 * 1024)
})
