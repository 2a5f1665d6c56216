import { expect, test } from 'vitest'
import { Slot } from './slot.ts'

const at = new Date(0)
const good = (value: { state: string; lsn: number }) => ({ ok: true as const, observedAt: at, value })
const bad = (kind: 'refused' | 'timeout') => ({ ok: false as const, observedAt: at, kind, sentence: 'x' })
const slot = () => new Slot<{ state: string; lsn: number }>(({ state }) => state)

test('only what matters makes a reading new', () => {
  const seen = slot()
  expect(seen.put(good({ state: 'running', lsn: 1 }))).toBe('new')
  expect(seen.put(good({ state: 'running', lsn: 2 }))).toBe('none')
  expect(seen.put(good({ state: 'stopping', lsn: 2 }))).toBe('new')
  expect(seen.seen.good?.value.lsn).toBe(2)
})

test('a problem is new when it begins, when its kind changes and when it ends', () => {
  const seen = slot()
  seen.put(good({ state: 'running', lsn: 1 }))
  expect(seen.put(bad('refused'))).toBe('new')
  expect(seen.put(bad('refused'))).toBe('none')
  expect(seen.put(bad('timeout'))).toBe('new')
  expect(seen.put(good({ state: 'running', lsn: 1 }))).toBe('new')
})

test('the last good value outlives a problem', () => {
  const seen = slot()
  seen.put(good({ state: 'running', lsn: 1 }))
  seen.put(bad('refused'))
  expect(seen.seen).toMatchObject({ good: { value: { lsn: 1 } }, problem: { kind: 'refused' } })
})

test('a silence known from before goes on since then, and is not new', () => {
  const before = { kind: 'refused' as const, sentence: 'x', since: new Date(-7_200_000), observedAt: new Date(-2000) }
  const seen = new Slot<number>((value) => value, before)
  expect(seen.isLookedAt).toBe(false)
  expect(seen.put(bad('refused'))).toBe('none')
  expect(seen.seen.problem).toMatchObject({ since: new Date(-7_200_000), observedAt: at })
})
