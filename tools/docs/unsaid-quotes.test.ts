import { expect, test } from 'vitest'
import { unsaidNames, unsaidQuotes } from './unsaid-quotes.ts'

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

const page = `<Button>
  Download report
</Button> <Link label={'Go back in time'} />; class Report {}; 'Recovered to ...'`

test('a name in bold is that of a button, whole', () => {
  expect(unsaidNames('In the page: **Go back in time**; then **Download\nreport** keeps it.', page)).toEqual([])
  expect(unsaidNames('In the page: **Recover**; **Report** keeps it.', page)).toEqual(['Recover', 'Report'])
})

test('sentences in bold, and what is explained after a colon, are no names', () => {
  const text =
    '**Refused**: nothing was done.\n\n**Never start Postgres by hand**, for **nobody** fences it.\n\n    **Bold**\n'
  expect(unsaidNames(text, page)).toEqual([])
})
