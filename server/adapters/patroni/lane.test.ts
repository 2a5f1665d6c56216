import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Lanes } from './lane.ts'

const url = 'http://10.0.1.10:8008'

test('never more than the width runs at once for a key, and all of it runs in order', async () => {
  const lanes = new Lanes(2)
  let now = 0
  let most = 0
  const done: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      lanes.run(url, 'look', async () => {
        most = Math.max(most, ++now)
        await sleep(1)
        now--
        done.push(i)
      }),
    ),
  )
  expect(most).toBe(2)
  expect(done).toEqual(Array.from({ length: 20 }, (_, i) => i))
})

test('another key does not wait, and a failure frees its place', async () => {
  const lanes = new Lanes(1)
  const failing = lanes.run(url, 'look', async () => {
    await sleep(10)
    throw new Error('broken')
  })
  expect(await lanes.run('http://10.0.1.11:8008', 'look', async () => 'other')).toBe('other')
  await expect(failing).rejects.toThrow('broken')
  expect(await lanes.run(url, 'look', async () => 'next')).toBe('next')
})

test('whoever gives up waiting leaves the queue', async () => {
  const lanes = new Lanes(1)
  let end = () => {}
  const first = lanes.run(url, 'look', () => new Promise<void>((resolve) => (end = resolve)))
  const impatient = new AbortController()
  const second = lanes.run(url, 'look', async () => 'second', impatient.signal)
  const third = lanes.run(url, 'look', async () => 'third')
  impatient.abort()
  await expect(second).rejects.toMatchObject({ kind: 'timeout', mayHaveArrived: false })
  end()
  await first
  expect(await third).toBe('third')
})

test('an act waits for what runs, but for no look that waits', async () => {
  const lanes = new Lanes(1)
  const begun: string[] = []
  const work = (name: string) => async () => {
    begun.push(name)
    await sleep(1)
  }
  await Promise.all([
    lanes.run(url, 'look', work('running')),
    lanes.run(url, 'look', work('waiting')),
    lanes.run(url, 'act', work('first act')),
    lanes.run(url, 'act', work('second act')),
  ])
  expect(begun).toEqual(['running', 'first act', 'second act', 'waiting'])
})
