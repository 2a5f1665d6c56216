import { expect, test } from 'vitest'
import { RoomLook } from './room-look.ts'

test('room is told as often as it is asked for, and that it cannot be seen is no failure', async () => {
  let free: number | null = 7_000
  const room = new RoomLook(async () => free)
  expect(await room.freeBytes()).toBe(7_000)
  free = 6_000
  expect(await room.freeBytes()).toBe(6_000)
  const blind = new RoomLook(() => Promise.reject(new Error('EACCES')))
  expect(await blind.freeBytes()).toBeNull()
  expect(await blind.freeBytes()).toBeNull()
})

test('a file system that hangs is waited for a moment and looked at once, until it answers', async () => {
  let looks = 0
  let answer: (bytes: number) => void = () => {}
  const hanging = () => {
    looks += 1
    return new Promise<number>((resolve) => (answer = resolve))
  }
  const room = new RoomLook(hanging, 10)
  expect(await room.freeBytes()).toBeNull()
  expect(await room.freeBytes()).toBeNull()
  expect(looks).toBe(1)
  answer(5_000)
  await new Promise((resolve) => setImmediate(resolve))
  const next = room.freeBytes()
  answer(4_000)
  expect(await next).toBe(4_000)
  expect(looks).toBe(2)
})
