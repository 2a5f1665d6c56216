import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { linkTarget } from './link-target.ts'
import { parseInline } from './parse-inline.ts'
import { parseRunbook } from './parse-runbook.ts'

const text = `# The leader is lost

Wait, and
look.

1. first
   goes on
2. second

- one
- two

| it says | what to do |
|---|---|
| "a" | run \`x | y\` |

    patronictl list
    patronictl history

## If nobody is fit?
`

test('headings, paragraphs, lists, tables and commands are told apart', () => {
  expect(parseRunbook(text)).toEqual([
    { kind: 'heading', level: 1, text: 'The leader is lost', id: 'the-leader-is-lost' },
    { kind: 'text', text: 'Wait, and look.' },
    { kind: 'list', isOrdered: true, items: ['first goes on', 'second'] },
    { kind: 'list', isOrdered: false, items: ['one', 'two'] },
    { kind: 'table', head: ['it says', 'what to do'], rows: [['"a"', 'run `x | y`']] },
    { kind: 'code', text: 'patronictl list\npatronictl history' },
    { kind: 'heading', level: 2, text: 'If nobody is fit?', id: 'if-nobody-is-fit' },
  ])
})

test('within a line code, strong words and links are told apart, and what is not closed stays text', () => {
  expect(parseInline('run `a **b**`, **never `c`**: see [Later](#later) or [x')).toEqual([
    { kind: 'text', text: 'run ' },
    { kind: 'code', text: 'a **b**' },
    { kind: 'text', text: ', ' },
    {
      kind: 'strong',
      pieces: [
        { kind: 'text', text: 'never ' },
        { kind: 'code', text: 'c' },
      ],
    },
    { kind: 'text', text: ': see ' },
    { kind: 'link', pieces: [{ kind: 'text', text: 'Later' }], to: '#later' },
    { kind: 'text', text: ' or [x' },
  ])
})

test('a link leads within the runbook, to another or over the web, and nowhere else', () => {
  expect(linkTarget('#afterwards', 'leader-lost-')).toBe('#leader-lost-afterwards')
  expect(linkTarget('switchover.md', '')).toBe('/runbooks/switchover')
  expect(linkTarget('switchover.md#before', '')).toBe('/runbooks/switchover#before')
  expect(linkTarget('https://patroni.readthedocs.io', '')).toBe('https://patroni.readthedocs.io')
  for (const to of ['../agents.md', 'javascript:alert(1)', '//evil.example', 'data:text/html,x'])
    expect(linkTarget(to, '')).toBeNull()
})

test('every word of every runbook is shown', () => {
  const folder = 'docs/runbooks'
  for (const name of readdirSync(folder)) {
    const markdown = readFileSync(`${folder}/${name}`, 'utf8')
    const shown = parseRunbook(markdown).flatMap((block) => {
      if (block.kind === 'list') return block.items
      return block.kind === 'table' ? [...block.head, ...block.rows.flat()] : [block.text]
    })
    const words = (of: string) => of.replaceAll(/^\s*(?:#+|[-*]|\d+\.)\s|[|]|-{3,}/gmu, ' ').match(/[\p{L}\p{N}]+/gu)
    expect([name, words(shown.join('\n'))]).toEqual([name, words(markdown)])
  }
})
