import { expect, test } from 'vitest'
import { auditAsked, isAuditFiltered, readAuditFilter, tellAuditFilter } from './audit-filter.ts'

const read = (query: string) => readAuditFilter(new URLSearchParams(query))

test('an address without filters asks for everything', () => {
  expect(auditAsked(read('seq=4'), 'UTC')).toEqual({ limit: 100 })
  expect(isAuditFiltered(read('seq=4'))).toBe(false)
  expect(tellAuditFilter(read('seq=4'))).toBeNull()
})

test('days are those of the viewer, the last one included', () => {
  expect(auditAsked(read('from=2026-11-01&to=2026-11-23'), 'Europe/Berlin')).toEqual({
    since: new Date('2026-10-31T23:00:00Z'),
    until: new Date('2026-11-23T23:00:00Z'),
    limit: 100,
  })
})

test('what makes no sense in an address is left out', () => {
  expect(auditAsked(read('outcome=fine&from=monday&to='), 'UTC')).toEqual({ limit: 100 })
})

test('records of one operation are asked for by its identifier', () => {
  const operation = '0190b1c2-1111-4222-8333-944444444444'
  expect(auditAsked(read(`operation=${operation}`), 'UTC')).toEqual({ operation, limit: 100 })
  expect(auditAsked(read('operation=abc'), 'UTC')).toEqual({ limit: 100 })
})

test('a printed page says what it leaves out', () => {
  expect(tellAuditFilter(read('actor=mara&outcome=refused&from=2026-11-01'))).toBe(
    'by “mara”, outcome refused, from 2026-11-01',
  )
})
