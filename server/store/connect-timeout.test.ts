import { expect, test } from 'vitest'
import { connectTimeoutMs } from './connect-timeout.ts'

const store = 'postgresql://matriarch:secret@store.example.org:5432/matriarch'

test.each([
  [`${store}?connect_timeout=20`, 20_000],
  [`${store}?sslmode=require&connect_timeout=1`, 1_000],
  [store, 3_000],
  [`${store}?connect_timeout=0`, 3_000],
  [`${store}?connect_timeout=-1`, 3_000],
  [`${store}?connect_timeout=soon`, 3_000],
  ['nothing', 3_000],
])('%s waits %i ms', (url, ms) => {
  expect(connectTimeoutMs(url)).toBe(ms)
})

test('what the address does not say is as it is wished', () => {
  expect(connectTimeoutMs(store, 5_000)).toBe(5_000)
  expect(connectTimeoutMs(`${store}?connect_timeout=20`, 5_000)).toBe(20_000)
})
