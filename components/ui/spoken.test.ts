import { expect, test } from 'vitest'
import { splitSpoken } from './spoken-parts.ts'

const names = ['pg-node-1', 'pg-node-10']

function whole(sentence: string) {
  return splitSpoken(sentence, names).flatMap((part) => (part.isWhole ? [part.text] : []))
}

test('names and amounts are kept whole, everything else stays as it is', () => {
  const sentence = 'pg-node-1 would lead in about 30 s, with 1.2 kB lost.'
  expect(whole(sentence)).toEqual(['pg-node-1', '30 s', '1.2 kB'])
  expect(
    splitSpoken(sentence, names)
      .map((part) => part.text)
      .join(''),
  ).toBe(sentence)
})

test('a name that begins another is not taken for it', () => {
  expect(whole('pg-node-10 leads, pg-node-1 follows.')).toEqual(['pg-node-10', 'pg-node-1'])
})

test('an amount in two units is one', () => {
  expect(whole('It has led for 6 d 4 h and lost 0 bytes.')).toEqual(['6 d 4 h', '0 bytes'])
})

test('numbers without a unit, and numbers inside names, are no amounts', () => {
  expect(whole('2 more findings on timeline 4 of shop-3 minutes')).toEqual([])
})

test('a name with signs of a pattern is taken literally', () => {
  expect(splitSpoken('a.b leads, axb does not.', ['a.b']).filter((part) => part.isWhole)).toEqual([
    { text: 'a.b', isWhole: true },
  ])
})
