import { expect, test } from 'vitest'
import { faultsIn } from './faults-in.ts'

const surroundings = {
  page: 'docs/a.md',
  scripts: ['lab', 'test'],
  exists: (path: string) => ['lab/cli.ts', 'lab', 'docs/b.md'].includes(path),
}

test.each([
  ['a path that exists', 'see `lab/cli.ts` and `lab/`', 0],
  ['a path that does not exist', 'see `lab/gone.ts`', 1],
  ['a placeholder', 'see `server/adapters/*/parse.ts` and `lab/VERB`', 0],
  ['a script that exists', '`npm run lab -- up`, `npm test`', 0],
  ['a script that does not exist', '`npm run fly`', 1],
  ['npm start without such a script', '`npm start`', 1],
  ['a link to a page that exists', '[b](b.md#part)', 0],
  ['a link to a page that does not exist', '[c](c.md)', 1],
  ['an address', '[c](https://example.org/c.md)', 0],
])('%s', (_, line, count) => {
  expect(faultsIn(line, surroundings)).toHaveLength(count)
})

test('a README of more than 120 lines is a fault', () => {
  const page = 'README.md'
  expect(faultsIn('x\n'.repeat(120), { ...surroundings, page })).toEqual([])
  expect(faultsIn('x\n'.repeat(121), { ...surroundings, page })).toHaveLength(1)
})
