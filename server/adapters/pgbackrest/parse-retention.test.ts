import { expect, test } from 'vitest'
import { parseRetention } from './parse-retention.ts'

const unset = { full: null, fullType: 'count', diff: null, archive: null, archiveType: 'full' }

test('what a section says nearer to the command counts before what a wider one says', () => {
  const text = `
# repo1-retention-full=9
[global]
repo1-path=/r
repo1-retention-full=2
repo1-retention-diff=3
repo2-path=/s

[global:expire]
repo1-retention-diff = 7
[global:archive-push]
repo1-retention-full=99

[main]
pg1-path=/d
repo1-retention-full=4
[other]
repo1-retention-full=1
[main:expire]
repo2-retention-full=30
repo2-retention-full-type=time
repo2-retention-archive=1
repo2-retention-archive-type=diff
`
  expect(parseRetention([text], 'main')).toEqual([
    { ...unset, repository: 1, full: 4, diff: 7 },
    { ...unset, repository: 2, full: 30, fullType: 'time', archive: 1, archiveType: 'diff' },
  ])
})

test('a section goes on in another file, and what stands before any is nothing', () => {
  const texts = ['repo1-retention-full=8\n[global]\nrepo1-path=/r', '[global]\nrepo1-retention-full=2\n']
  expect(parseRetention(texts, 'main')).toEqual([{ ...unset, repository: 1, full: 2 }])
})

test.each([
  ['', null],
  ['[global]\nretention-full=3', 3],
  ['[global]\nrepo-retention-full=3', 3],
  ['[global]\nrepo1-retention-full=many', null],
  ['[global]\nrepo1-retention-full=0', null],
])('%j keeps %s full backups in repository 1', (text, full) => {
  expect(parseRetention([text], 'main')).toEqual([{ ...unset, repository: 1, full }])
})
