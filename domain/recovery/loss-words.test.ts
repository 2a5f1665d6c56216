import { expect, test } from 'vitest'
import { lossSentence } from './loss-words.ts'
import type { RestoreLoss } from '#domain/plan/restore-plan.ts'
import { minute } from '#domain/testing/backup-made.ts'
import { madeCommitsLost } from '#domain/testing/commits-lost-made.ts'
import { hour } from '#domain/testing/restore-case.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'

const said = (loss: Partial<RestoreLoss>) =>
  lossSentence(madeRestorePlan({ loss: { fromAt: minute(33), toAt: hour, walBytes: null, ...loss } }))

test('what is given up is told in time and in WAL, as exactly as it is known', () => {
  expect(said({ walBytes: 34_000_000, walAtMostBytes: 34_000_000 })).toBe(
    '27 min of writes are given up, 34 MB of WAL. All that was committed from 2026-11-24 00:33:00.000 UTC to 2026-11-24 01:00:00 UTC. It stays in the archive on its old timeline.',
  )
  expect(said({ walAtMostBytes: 34_000_000 })).toMatch(/^27 min of writes are given up, at most 34 MB of WAL\. /)
})

test('commits are told where they were counted, with what was not', () => {
  expect(said({ walBytes: 1000, commits: madeCommitsLost() })).toMatch(
    /1 kB of WAL\. 1,234 commits after the target will be gone, the last at 2026-11-24 00:59:00 UTC\. All that/,
  )
  const problems = ['Counting stopped after 64 WAL segments.']
  expect(said({ commits: madeCommitsLost({ isAtLeast: true, problems }) })).toContain(
    'At least 1,234 commits after the target will be gone. Counting stopped after 64 WAL segments. All that',
  )
})

test('what is not known is said to be unknown', () => {
  expect(said({})).toMatch(/^27 min of writes are given up\. .* How much WAL that is cannot be told beforehand\./)
  expect(said({ fromAt: null, walBytes: 1000 })).toMatch(/^Everything written after it is given up, 1 kB of WAL\. /)
})

test('the end of the archive gives up what is not archived, and no more', () => {
  expect(lossSentence(madeRestorePlan({ target: { type: 'default', timeline: null } }))).toBe(
    'Nothing that is archived is given up. What has not reached the archive by then is not recovered.',
  )
})
