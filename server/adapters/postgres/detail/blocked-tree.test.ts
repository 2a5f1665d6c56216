import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockedTree } from './blocked-tree.ts'

const session = (pid: number, transactionSeconds: number | null = null) => ({
  pid,
  backendStart: new Date(pid),
  user: 'app',
  database: 'orders',
  application: `app ${pid}`,
  address: null,
  state: 'active',
  waitEvent: null,
  transactionSeconds,
  query: '',
})

function drawn(waits: { pid: number; blockers: number[] }[], involved: ReturnType<typeof session>[] = []) {
  return blockedTree({ waits, involved }).map(({ depth, pid }) => `${' '.repeat(depth)}${pid}`)
}

test('each stands under the nearest to whoever waits for nobody, the oldest transaction first', () => {
  const waits = [
    { pid: 2, blockers: [1] },
    { pid: 3, blockers: [1, 2] },
    { pid: 4, blockers: [3] },
    { pid: 6, blockers: [5] },
  ]
  expect(drawn(waits, [session(1, 5), session(5, 60), session(2, 1), session(3, 4)])).toEqual([
    '5',
    ' 6',
    '1',
    ' 3',
    '  4',
    ' 2',
  ])
})

test('a prepared transaction holds others up without being a session', () => {
  expect(blockedTree({ waits: [{ pid: 7, blockers: [0] }], involved: [session(7)] })).toMatchObject([
    { pid: 0, blockedBy: null, backendStart: null, application: '', query: '' },
    { pid: 7, blockedBy: 0, depth: 1 },
  ])
})

test('those who wait in a ring are told all the same', () => {
  const waits = [
    { pid: 1, blockers: [2] },
    { pid: 2, blockers: [1] },
  ]
  expect(drawn(waits, [session(2, 9), session(1, 3)])).toEqual(['2', ' 1'])
})

test('who has ceased to wait in the meantime is not told', () => {
  expect(drawn([{ pid: 1, blockers: [] }])).toEqual([])
})

test('whatever waits for whatever, each is told once and after the one it stands under', () => {
  const pid = fc.integer({ min: 0, max: 40 })
  const edges = fc.array(fc.record({ pid, blockers: fc.array(pid, { maxLength: 40 }) }), { maxLength: 100 })
  fc.assert(
    fc.property(edges, (waits) => {
      const tree = blockedTree({ waits, involved: [] })
      const place = new Map(tree.map(({ pid: one }, index) => [one, index]))
      expect(place.size).toBe(tree.length)
      for (const [index, { blockedBy, depth }] of tree.entries()) {
        const parent = blockedBy === null ? null : tree[place.get(blockedBy) ?? -1]
        expect(depth).toBe(parent ? parent.depth + 1 : 0)
        if (blockedBy !== null) expect(place.get(blockedBy)).toBeLessThan(index)
      }
      const waiting = new Set(
        waits.flatMap((wait) => (wait.blockers.some((one) => one !== wait.pid) ? [wait.pid] : [])),
      )
      for (const one of waiting) expect(place.has(one)).toBe(true)
    }),
  )
})
