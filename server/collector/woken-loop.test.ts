import { afterEach, expect, test, vi } from 'vitest'
import { createLog } from '#server/log.ts'
import { createEnd } from './loop.ts'
import { startWokenLoop } from './woken-loop.ts'

const log = createLog('test')
log.level = 'silent'
const hourMs = 3_600_000
let ended = createEnd()

afterEach(() => {
  ended.abort()
  ended = createEnd()
})

test('one that rests looks when it is woken, and rests for as long as the look says', async () => {
  const look = vi
    .fn<() => Promise<number>>()
    .mockResolvedValueOnce(hourMs)
    .mockResolvedValueOnce(20)
    .mockResolvedValue(hourMs)
  const loop = startWokenLoop({ name: 'test', log, signal: ended.signal, look })
  await expect.poll(() => look.mock.calls.length).toBe(1)
  loop.wake()
  await expect.poll(() => look.mock.calls.length).toBe(3)
})

test('one that is woken while it looks looks once more', async () => {
  let letGo: () => void = () => {}
  const held = new Promise<void>((resolve) => (letGo = resolve))
  const look = vi.fn<() => Promise<number>>(async () => {
    await held
    return hourMs
  })
  const loop = startWokenLoop({ name: 'test', log, signal: ended.signal, look })
  await expect.poll(() => look.mock.calls.length).toBe(1)
  loop.wake()
  loop.wake()
  letGo()
  await expect.poll(() => look.mock.calls.length).toBe(2)
})
