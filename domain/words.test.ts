import { expect, test } from 'vitest'
import { postgresState } from './snapshot/state-words.ts'
import { count, listNames, ordinal } from './words.ts'

test('names are listed as a person lists them', () => {
  expect(listNames(['a'])).toBe('a')
  expect(listNames(['a', 'b'], 'or')).toBe('a or b')
  expect(listNames(['a', 'b', 'c'])).toBe('a, b and c')
  expect(listNames([])).toBe('nobody')
})

test('one is singular', () => {
  expect(count(1, 'replica')).toBe('1 replica')
  expect(count(0, 'replica')).toBe('0 replicas')
})

test('places have names up to the tenth', () => {
  expect([ordinal(1), ordinal(10), ordinal(11)]).toEqual(['first', 'tenth', '11th'])
})

test.each([
  ['stopped', 'is stopped'],
  ['restart failed (running)', 'failed to restart'],
  ['', 'is in a state that Patroni does not name'],
  ['constructor', 'is in state "constructor"'],
  ['a word of a later version', 'is in state "a word of a later version"'],
])('Postgres in state "%s" %s', (state, words) => {
  expect(postgresState(state)).toBe(words)
})
