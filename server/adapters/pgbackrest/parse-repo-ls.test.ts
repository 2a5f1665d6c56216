import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { parseRepoLs } from './parse-repo-ls.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }
const of = { repository: 1, archiveId: '15-1' }

test('recorded: segments, the partial one and histories, by name', () => {
  const found = parseRepoLs(fixture('pgbackrest/fixtures/2.45-repo-ls-promoted.json'), of, target)
  expect(found.segments).toHaveLength(21)
  expect(found.segments.at(-1)).toMatchObject({ name: '000000020000000000000014' })
  expect(found.partials.map(({ name }) => name)).toEqual(['000000010000000000000014'])
  expect(found.histories.map(({ timeline }) => timeline)).toEqual([2])
  expect(found.segments.map(({ name }) => name)).toEqual(found.segments.map(({ name }) => name).toSorted())
})

const sha = '3498896584c2292ef302f447da526d830f392dda'
const file = { type: 'file', size: 10, time: 1_795_619_638 }

test.each([
  ['15-1/0000000100000000/000000010000000000000001', '.zst', 1],
  ['0000000100000000/000000010000000000000001', '.gz', 1],
  ['000000010000000000000001', '', 1],
  ['16-2/0000000100000000/000000010000000000000001', '.zst', 0],
  ['15-1/0000000100000000/000000010000000000000001', '.pgbackrest.tmp', 0],
])('%s…%s counts as %i segments of 15-1', (name, ending, amount) => {
  const listing = JSON.stringify({ '.': { type: 'path' }, [`${name}-${sha}${ending}`]: file })
  expect(parseRepoLs(listing, of, target).segments).toHaveLength(amount)
})

test.each(['{"__proto__":{"type":"file"},"constructor":{"type":"file","time":1}}', '{}', '{".":{"type":"path"}}'])(
  '%s lists nothing',
  (listing) => {
    expect(parseRepoLs(listing, of, target)).toEqual({ ...of, segments: [], partials: [], histories: [] })
  },
)

test('a listing that broke off is told as a problem', () => {
  expect(() => parseRepoLs('{".":{"type":"pa', of, target)).toThrow('broke off')
})
