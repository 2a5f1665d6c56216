import { expect, test } from 'vitest'
import { countCopies } from './copy-count.ts'
import type { Look } from './until.ts'

const copying: Look<never> = { not: 'It is copied.', patienceMs: Infinity, isCopying: true }
const between: Look<never> = { not: 'It is stopped.', isCopying: false }
const unseen: Look<never> = { not: 'It does not stream.' }

test('a fourth copy tells that three were in vain', () => {
  const said: string[] = []
  const judge = countCopies('n2', (line) => said.push(line))
  for (const look of [copying, between, copying, between, copying, between]) expect(judge(look)).toBe(look)
  expect(said).toEqual([
    "n2 is copied for the second time: see Patroni's log on n2",
    "n2 is copied for the third time: see Patroni's log on n2",
  ])
  expect(judge(copying)).toEqual({
    not: "n2 was copied 3 times in vain, and Patroni begins once more: see Patroni's log on n2.",
    isInVain: true,
  })
})

test('one long copy is one, whatever could not be seen in between', () => {
  const judge = countCopies('n2', () => expect.fail('It is told of.'))
  for (let look = 0; look < 20; look++) {
    expect(judge(copying)).toBe(copying)
    expect(judge(unseen)).toBe(unseen)
  }
  expect(judge({ found: 'it streams' })).toEqual({ found: 'it streams' })
})
