import { expect, test } from 'vitest'
import { countedFulls, describeRetention, type RepositoryRetention } from './repository-retention.ts'

const usual: RepositoryRetention = {
  repository: 1,
  full: 4,
  fullType: 'count',
  diff: null,
  archive: null,
  archiveType: 'full',
}

test.each<[Partial<RepositoryRetention>, string]>([
  [
    {},
    'Repository 1 keeps the newest 4 full backups, with all that builds on them. WAL is kept from the oldest of these on.',
  ],
  [
    { full: 1, diff: 14 },
    'Repository 1 keeps the newest full backup alone, and of the differential ones the newest 14. WAL is kept from the oldest of these on.',
  ],
  [
    { full: 30, fullType: 'time', diff: 1 },
    'Repository 1 keeps the full backups of the last 30 days, and the newest one before that, and of the differential ones the newest alone. WAL is kept from the oldest of these on.',
  ],
  [
    { archive: 4 },
    'Repository 1 keeps the newest 4 full backups, with all that builds on them. WAL is kept from the oldest of these on.',
  ],
  [
    { archive: 1 },
    'Repository 1 keeps the newest 4 full backups, with all that builds on them. WAL is kept for the newest 1 full backup; of an older backup only the moment at which it ended can be recovered.',
  ],
  [
    { archive: 3, archiveType: 'diff' },
    'Repository 1 keeps the newest 4 full backups, with all that builds on them. WAL is kept for the newest 3 full or differential backups; of an older backup only the moment at which it ended can be recovered.',
  ],
  [
    { full: null },
    'Repository 1 keeps every backup for ever: repo1-retention-full is not set, so it grows until its disk is full.',
  ],
])('%j is told in words', (change, words) => {
  expect(describeRetention({ ...usual, ...change }).join(' ')).toBe(words)
})

test('only what is kept by number counts as few', () => {
  const days = { ...usual, repository: 2, full: 1, fullType: 'time' as const }
  expect(countedFulls([{ ...usual, full: 1 }, days, { ...usual, repository: 3, full: null }])).toEqual([
    { repository: 1, backups: 1 },
  ])
})
