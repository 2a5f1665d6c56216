import { expect, test } from 'vitest'
import type { Looked } from '#domain/stack/stack-view.ts'
import { DeepSlot } from './deep-slot.ts'

const at = (second: number) => new Date(second * 1_000)
const good = (value: string, second: number) => ({ ok: true as const, observedAt: at(second), value })
const bad = (second: number) => ({
  ok: false as const,
  observedAt: at(second),
  kind: 'timeout' as const,
  sentence: 'Late.',
})
const kept: Looked<string> = { value: 'kept', seenAt: at(1), problem: null }

test('what was kept holds until a look brings more, and outlives looks that bring nothing', () => {
  const slot = new DeepSlot<string>(() => kept)
  expect(slot.looked()).toEqual(kept)
  slot.put(bad(5))
  slot.put(bad(6))
  expect(slot.looked()).toMatchObject({ value: 'kept', seenAt: at(1), problem: { since: at(5), observedAt: at(6) } })
  slot.put(good('new', 7))
  expect(slot.looked()).toEqual({ value: 'new', seenAt: at(7), problem: null })
})

test('a silence that was kept goes on since when it began', () => {
  const problem = { kind: 'refused' as const, sentence: 'Gone.', since: at(1), observedAt: at(2) }
  const slot = new DeepSlot<string>(() => ({ value: null, seenAt: null, problem }))
  slot.put(bad(5))
  expect(slot.looked()).toMatchObject({ value: null, problem: { kind: 'timeout', since: at(1) } })
})

test('where there is nobody to ask nothing is told, whatever was before', () => {
  const slot = new DeepSlot<string>(() => kept)
  expect(slot.put(null)).toBe(true)
  expect(slot.looked()).toBe(null)
  expect(slot.put(null)).toBe(false)
})
