import { expect, test } from 'vitest'
import { unsaidQuotes } from './unsaid-quotes.ts'

const source = "const sentence = `${name} holds the lead, but ${what}${lasting}. ` + 'its Patroni has not answered'"

test('a quote that the console says passes, whatever stands between its parts', () => {
  expect(unsaidQuotes('It says "... holds the lead, but ...", or\n"its Patroni has\nnot answered".', source)).toEqual(
    [],
  )
})

test('a quote that nothing says is found; commands are none', () => {
  const text = 'It says "No leader: ...".\n\n    switchover --reason "kernel update"\n'
  expect(unsaidQuotes(text, source)).toEqual(['No leader: ...'])
})
