import { expect, test } from 'vitest'
import { greatestOf, settingsIn } from './least-settings.ts'

test('of each setting the greatest counts, and what is not told sets nothing', () => {
  const backup = settingsIn({
    'max_connections setting': '100',
    'max_prepared_xacts setting': '0',
    'max_locks_per_xact setting': '128',
    'wal_level setting': 'replica',
  })
  const last = settingsIn({
    'max_connections setting': '150',
    'max_prepared_xacts setting': '7',
    'max_wal_senders setting': 'x',
  })
  expect(greatestOf([backup, last, {}])).toEqual({
    max_connections: 150,
    max_prepared_transactions: 7,
    max_locks_per_transaction: 128,
  })
  expect(greatestOf([settingsIn({})])).toEqual({})
})
