import { expect, test } from 'vitest'
import { type DataPlace, placeFaults, placesUntold } from './data-place.ts'
import { madePlace } from '#domain/testing/data-place-made.ts'

const on = (node: string, change: Partial<DataPlace> = {}) => ({ node, place: madePlace(change) })

test('data that lies in one folder which can be renamed is no fault, nor is what is not known', () => {
  expect(placeFaults([on('a'), { node: 'b', place: null }, { node: 'c', place: undefined }])).toEqual([])
})

test('tablespaces are named once, as all members have them', () => {
  const tablespaces = [
    { oid: '16385', path: '/srv/fast' },
    { oid: '16386', path: '/srv/slow' },
  ]
  const [one, ...more] = placeFaults([on('a', { tablespaces: tablespaces.slice(0, 1) }), on('b', { tablespaces })])
  expect(one).toMatch(/^Tablespace 16385 lies outside the data folder of a, in \/srv\/fast\. .* Rehearse instead/)
  expect(more).toEqual([])
  expect(placeFaults([on('a', { tablespaces })])).toEqual([
    expect.stringMatching(/^2 tablespaces lie outside the data folder of a, such as 16385 in \/srv\/fast\./),
  ])
})

test.each<[string, Partial<DataPlace>, RegExp]>([
  ['a link', { linkedTo: '/srv/pg' }, /^\/var\/lib\/pg\/data on a is a link, .* Name \/srv\/pg, /],
  ['a mount', { isMount: true }, /^\/var\/lib\/pg\/data on a is a file system of its own, .* Move the data/],
  ['a link to a mount', { isMount: true, linkedTo: '/srv/pg' }, /is a file system of its own/],
  ['WAL elsewhere', { walPath: '/wal/main' }, /^The WAL of a lies outside its data folder, in \/wal\/main: .* Stop a/],
  ['what its agent names', { obstacles: ['No file on a: name it.'] }, /^No file on a: name it\.$/],
  ['no right to write', { isParentWritable: false }, /^Postgres' user may not write beside \/var\/lib\/pg\/data on a/],
])('%s is a fault of its node', (_, change, says) => {
  expect(placeFaults([on('a', change), on('b')])).toEqual([expect.stringMatching(says)])
})

test('of whom it is not known, and why, is said', () => {
  expect(placesUntold([on('a')])).toBeNull()
  const { obstacles: _, ...older } = madePlace()
  expect(placesUntold([on('a'), { node: 'b', place: older }])).toMatch(/^Whether Postgres on b can .* older than this/)
  expect(placesUntold([on('a'), { node: 'b', place: undefined }])).toMatch(/of b lies .* older than this console/)
  expect(
    placesUntold([
      { node: 'a', place: null },
      { node: 'b', place: undefined },
    ]),
  ).toMatch(/a and b .* does not tell\.$/)
})
