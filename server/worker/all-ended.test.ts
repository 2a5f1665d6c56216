import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { createLog } from '#server/log.ts'
import { allEnded } from './all-ended.ts'

const log = createLog('test')
log.level = 'silent'
const at = { log, signal: new AbortController().signal }
const of = { node: 'pg-node-1', address: '10.0.1.10:8009' }

test('one that fails keeps no other back, and the look ends when all have', async () => {
  const ended: string[] = []
  const slow = async () => {
    await turn()
    ended.push('slow')
  }
  const failed = Promise.reject(new Error('invalid byte sequence'))
  await allEnded(
    [
      { of, done: failed },
      { of, done: slow() },
    ],
    at,
  )
  expect(ended).toEqual(['slow'])
})

test('a store that is away is thrown once all have ended', async () => {
  const ended: string[] = []
  const slow = async () => {
    await turn()
    ended.push('slow')
  }
  const failed = Promise.reject(new AppError('store-unreachable', 'The store is away.'))
  await expect(
    allEnded(
      [
        { of, done: failed },
        { of, done: slow() },
      ],
      at,
    ),
  ).rejects.toThrow('The store is away.')
  expect(ended).toEqual(['slow'])
})
