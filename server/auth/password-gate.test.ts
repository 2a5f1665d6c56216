import { expect, test } from 'vitest'
import { Gate } from './password-gate.ts'

test('no more than so many are inside at once, and the queue is no longer than it may be', async () => {
  const gate = new Gate({ atOnce: 2, mostWaiting: 5 })
  let inside = 0
  let most = 0
  const ends: (() => void)[] = []
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise<void>((end) => ends.push(end))
    inside--
  }
  const all = Array.from({ length: 20 }, () =>
    gate.run(work, { isFirst: false }).then(
      () => 'done',
      () => 'refused',
    ),
  )
  for (let n = 0; n < 7; n++) {
    await expect.poll(() => ends.length).toBeGreaterThan(n)
    ends[n]?.()
  }
  const outcomes = await Promise.all(all)
  expect(most).toBe(2)
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(7)
})

test('whoever comes first does not stand behind the others, and a full queue does not keep him out', async () => {
  const gate = new Gate({ atOnce: 1, mostWaiting: 2 })
  const order: string[] = []
  const does = (name: string) => async () => void order.push(name)
  let free: () => void = () => {}
  const holding = gate.run(() => new Promise<void>((end) => (free = end)), { isFirst: false })
  const others = ['a', 'b'].map((name) => gate.run(does(name), { isFirst: false }))
  await expect(gate.run(does('c'), { isFirst: false })).rejects.toMatchObject({ code: 'limited' })
  const owner = gate.run(does('owner'), { isFirst: true })
  free()
  await Promise.all([holding, owner, ...others])
  expect(order).toEqual(['owner', 'a', 'b'])
})

test('work that fails gives its place back', async () => {
  const gate = new Gate({ atOnce: 1, mostWaiting: 1 })
  await expect(gate.run(() => Promise.reject(new Error('no')), { isFirst: false })).rejects.toThrow('no')
  await expect(gate.run(async () => 'yes', { isFirst: false })).resolves.toBe('yes')
})
