import { expect, test } from 'vitest'
import { openTestStore } from '#tools/testing/store.ts'
import { earlierClock } from './earlier-clock.ts'

test('a worker whose clock is ahead goes by that of the store, one whose clock is behind by its own', async () => {
  await using store = await openTestStore()
  const now = Date.now()
  const ahead = await earlierClock(store, new Date(now + 86_400_000))
  expect(Math.abs(ahead.getTime() - now)).toBeLessThan(60_000)
  const behind = new Date(now - 86_400_000)
  expect(await earlierClock(store, behind)).toEqual(behind)
})
