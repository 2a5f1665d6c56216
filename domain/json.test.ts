import { expect, test } from 'vitest'
import type { BackupView } from './backup/backup-view.ts'
import { fromJson, reviveDates } from './json.ts'
import type { Operation } from './operation/operation.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import type { StackView } from './stack/stack-view.ts'

test('times become dates again, by the name of their key', () => {
  const kept = { takenAt: '2026-11-23T12:00:00.000Z', pause: { since: '2026-11-23T11:00:00Z' }, list: [{ at: null }] }
  expect(reviveDates(JSON.stringify(kept))).toEqual({
    takenAt: new Date('2026-11-23T12:00:00.000Z'),
    pause: { since: new Date('2026-11-23T11:00:00Z') },
    list: [{ at: null }],
  })
})

test('a tag that looks like a time stays the text it is', () => {
  const kept = { tags: { createdAt: '2026-11-23T12:00:00Z' }, reason: 'since 2026-11-23T12:00:00Z' }
  expect(reviveDates(kept)).toEqual(kept)
})

test('text that is no time stays text', () => {
  expect(reviveDates({ scheduledAt: 'tomorrow' })).toEqual({ scheduledAt: 'tomorrow' })
})

test('a key called __proto__ is kept as a key and changes nothing else', () => {
  const revived = fromJson<Record<string, unknown>>('{"__proto__": {"isAdmin": true}, "n": 1}')
  expect(Object.keys(revived)).toEqual(['__proto__', 'n'])
  expect('isAdmin' in revived).toBe(false)
})

test('a guard refuses JSON of another shape', () => {
  const isNumber = (value: unknown): value is number => typeof value === 'number'
  expect(fromJson(1, isNumber)).toBe(1)
  expect(() => fromJson({}, isNumber)).toThrow('does not have the expected shape')
})

/** Keys of times, however deep, that would come back from the store as text. */
type Misnamed<T> = T extends Date | string | number | boolean | null | undefined
  ? never
  : T extends readonly (infer One)[]
    ? Misnamed<One>
    : {
        [Key in keyof T]-?: NonNullable<T[Key]> extends Date
          ? Key extends `${string}At` | `${string}Since` | 'at' | 'since' | 'backendStart' | 'statsReset'
            ? never
            : Key
          : Misnamed<T[Key]>
      }[keyof T]

type IsNone<T> = [T] extends [never] ? true : T

test('whatever is kept names its times so that they come back as such', () => {
  // The compiler is the one who tells: a key of another name is no `true`.
  const snapshot: IsNone<Misnamed<Snapshot>> = true
  const backups: IsNone<Misnamed<BackupView>> = true
  const operation: IsNone<Misnamed<Operation>> = true
  const stack: IsNone<Misnamed<StackView>> = true
  expect([snapshot, backups, operation, stack]).toEqual([true, true, true, true])
})
