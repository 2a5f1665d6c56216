import { expect, test } from 'vitest'
import { tellLine } from './line-words.ts'

const now = new Date('2026-11-23T12:00:00.000Z')
const seenAt = new Date(now.getTime() - 1000)

test('only a line that is up is green', () => {
  expect(tellLine('live', seenAt, now)).toMatchObject({ tone: 'ok', text: 'live, seen 1 s ago' })
  for (const phase of ['connecting', 'reconnecting', 'paused'] as const) {
    expect(tellLine(phase, seenAt, now)).toMatchObject({ tone: 'unseen', short: phase })
  }
})

test('a line that is up, on which nothing new is told, is not green either', () => {
  expect(tellLine('live', new Date(now.getTime() - 60_000), now).tone).toBe('unseen')
})
