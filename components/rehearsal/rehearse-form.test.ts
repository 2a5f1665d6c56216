import { expect, test } from 'vitest'
import { extractFault, extractOf } from './rehearse-form.ts'

const options = { check: '', verifiesPages: true, hasExtract: true, database: ' shop ', schema: 'public', table: '' }

test('without a table the whole schema is taken out', () => {
  expect(extractOf(options)).toEqual({ database: 'shop', schema: 'public', table: null })
  expect(extractOf({ ...options, table: 'orders' })).toMatchObject({ table: 'orders' })
})

test('nothing is taken out, and nothing missing for it, unless that is wished', () => {
  expect(extractOf({ ...options, hasExtract: false })).toBeNull()
  expect(extractFault({ ...options, hasExtract: false, database: '' })).toBeNull()
})

test('a database and a schema must be named', () => {
  expect(extractFault(options)).toBeNull()
  expect(extractFault({ ...options, database: ' ' })).toMatch(/^Name the database/u)
  expect(extractFault({ ...options, schema: '' })).toMatch(/^Name the schema/u)
})
