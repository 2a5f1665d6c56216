import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { alertRules } from './catalogue.ts'
import { standStill } from './console-rules.ts'

const folder = 'docs/runbooks'
const rules = [...alertRules, standStill]
const index = readFileSync(`${folder}/README.md`, 'utf8')
const names = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .map((file) => file.replace(/\.md$/u, ''))

/** They are for what a person does on purpose: no alert asks for it. */
const ofActs = ['locked-out', 'switchover']

test.each(rules)('$id has a runbook, which quotes what it says', ({ runbook, summary }) => {
  expect(names).toContain(runbook)
  const quotes = quotesIn(readFileSync(`${folder}/${runbook ?? ''}.md`, 'utf8'))
  expect(quotes.filter((quote) => tells(quote, summary))).not.toEqual([])
})

test.each(names)('%s stands in the index, and is of a rule or of an act', (name) => {
  expect(index).toContain(`](${name}.md)`)
  expect(rules.some(({ runbook }) => runbook === name)).toBe(!ofActs.includes(name))
})

test('a quote tells a summary when it has all of it but what is filled in', () => {
  const summary = '{busy} of the pool is in use; clients that wait: {clientsWaiting}.'
  const quoted = (text: string) => quotesIn(text).some((quote) => tells(quote, summary))
  expect(quoted('| "... of the pool is in use;\nclients that wait: ..." | look |')).toBe(true)
  expect(quoted('| "... of the pool is in use" | look |')).toBe(false)
  expect(quoted('    echo "9 of the pool is in use; clients that wait: 3"\n')).toBe(false)
})

/** What stands between quotation marks in what is read; what is typed in a shell is none of it. */
function quotesIn(markdown: string): string[] {
  const read = markdown
    .split('\n')
    .filter((line) => !line.startsWith('    '))
    .join(' ')
  return [...read.matchAll(/"([^"]+)"/gu)].map(([, quote = '']) => quote.replaceAll(/\s+/gu, ' '))
}

/** True where a quote has each part of a summary that is not filled in, one after the other. */
function tells(quote: string, summary: string): boolean {
  const parts = summary.split(/\{\$?\w+\}/u).map((part) => part.trim())
  let at = 0
  return parts
    .filter((part) => /\p{L}/u.test(part))
    .every((part) => {
      const found = quote.indexOf(part, at)
      at = found + part.length
      return found !== -1
    })
}
