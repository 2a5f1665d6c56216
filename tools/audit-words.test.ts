import { expect, test } from 'vitest'
import { actKinds, actWords } from '#components/audit/audit-words.ts'
import { allProcedures } from '#server/api/procedures.ts'

test('everything that is recorded has words, and a kind to filter by', () => {
  const recorded = allProcedures().flatMap(({ meta }) => meta.audit ?? [])
  expect(recorded.length).toBeGreaterThan(20)
  expect(recorded.filter((action) => actWords(action) === action)).toEqual([])
  expect(recorded.filter((action) => !actKinds.some(({ value }) => action.startsWith(value)))).toEqual([])
})
