import { expect, test } from 'vitest'
import { BenchStopped, unlessStopped } from './stopping.ts'

test('work that is done in time gives its value', async () => {
  expect(await unlessStopped(Promise.resolve(7), new AbortController().signal)).toBe(7)
})

test('work that goes on is left as soon as the bench is told to stop, before it or during it', async () => {
  const stopping = new AbortController()
  const left = unlessStopped(new Promise(() => {}), stopping.signal)
  stopping.abort()
  await expect(left).rejects.toBeInstanceOf(BenchStopped)
  await expect(unlessStopped(new Promise(() => {}), stopping.signal)).rejects.toBeInstanceOf(BenchStopped)
})
