import { expect, test } from 'vitest'
import { countedWhere, lostAsCounted, lostSentence } from './lost-words.ts'
import { madeCommitsLost } from '#domain/testing/commits-lost-made.ts'

const said = (change: Parameters<typeof madeCommitsLost>[0]) => lostSentence(madeCommitsLost(change))

test('what will be gone is told in commits, as exactly as it was counted', () => {
  expect(said({})).toBe('1,234 commits after the target will be gone, the last at 2026-11-24 00:59:00 UTC.')
  expect(said({ commits: 1 })).toMatch(/^1 commit after the target will be gone, /)
  expect(said({ isAtLeast: true })).toBe('At least 1,234 commits after the target will be gone.')
  expect(said({ commits: 0, lastAt: null })).toBe('No transaction was committed after the target.')
  expect(said({ commits: 0, isAtLeast: true })).toBe('No commit after the target was found in what was read.')
  expect(said({ commits: null })).toBe('How many commits after the target will be gone is not known.')
})

test('a count of before is told with its time, and any with where it was made', () => {
  expect(lostAsCounted(madeCommitsLost())).toMatch(
    /Counted at 2026-11-24 01:00:00 UTC, before clients were shut out\.$/,
  )
  expect(countedWhere(madeCommitsLost())).toBe('Counted on pg-node-1 in 3 WAL segments, 2026-11-24 01:00:00 UTC.')
})
