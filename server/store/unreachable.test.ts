import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { translateStoreError } from './unreachable.ts'

const url = 'postgresql://matriarch:hidden@10.0.0.5:6000/matriarch'
const translate = (error: unknown) => translateStoreError(error, url)

test.for([
  ['ECONNREFUSED', 'the connection was refused'],
  ['57P01', 'it is shutting down'],
  ['57P03', 'it is starting up'],
  ['08006', 'the connection failed'],
  ['53300', 'it has no connection left'],
])('%s is a store out of reach', ([code, reason]) => {
  const error = translate(Object.assign(new Error('x'), { code }))
  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({
    code: 'store-unreachable',
    message: `The console cannot reach its own store at 10.0.0.5:6000: ${reason}. Nothing new is started until it is back.`,
  })
})

test.for(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout'])(
  'the driver saying "%s" is a store out of reach',
  (message) => expect(translate(new Error(message))).toMatchObject({ code: 'store-unreachable' }),
)

test('a driver error inside another one is found', () => {
  const inner = Object.assign(new Error('x'), { code: 'ECONNRESET' })
  expect(translate(new Error('outer', { cause: inner }))).toMatchObject({
    code: 'store-unreachable',
    cause: expect.any(Error),
  })
})

test('a statement that took too long is a time-out', () => {
  expect(translate(Object.assign(new Error('x'), { code: '57014' }))).toMatchObject({ code: 'timeout' })
})

test('the password is never told', () => {
  expect(String(translate(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })))).not.toContain('hidden')
})

test('any other error stays as it is', () => {
  const error = Object.assign(new Error('duplicate key'), { code: '23505' })
  expect(translate(error)).toBe(error)
  expect(translate('text')).toBe('text')
})
