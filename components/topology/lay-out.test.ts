import { expect, test } from 'vitest'
import { layOut } from './lay-out.ts'

const three = { width: 820, names: ['a', 'b', 'c'], hasHaproxy: true, poolers: new Set(['a', 'b', 'c']), reach: 2 }

test('every member has a column of its own, in the given order, inside the drawing', () => {
  const { columns, width } = layOut(three)
  expect(columns.map((column) => column.name)).toEqual(['a', 'b', 'c'])
  for (const [index, { member }] of columns.entries()) {
    const next = columns[index + 1]
    expect(member.x).toBeGreaterThanOrEqual(0)
    expect(member.x + member.width).toBeLessThanOrEqual(next ? next.member.x : width)
  }
})

test('who leads moves nothing: the same members are laid out the same', () => {
  expect(layOut({ ...three, reach: 1 }).columns).toEqual(layOut(three).columns)
})

test('layers that are not there take no room', () => {
  const bare = layOut({ ...three, hasHaproxy: false, poolers: new Set(), reach: 0 })
  expect(bare.haproxy).toBeNull()
  expect(bare.columns.every((column) => column.pooler === null)).toBe(true)
  expect(bare.height).toBeLessThan(layOut(three).height)
})

test('a member without a pooler stands level with the others', () => {
  const { columns } = layOut({ ...three, poolers: new Set(['a', 'c']) })
  expect(columns.map((column) => column.pooler !== null)).toEqual([true, false, true])
  expect(new Set(columns.map((column) => column.member.y)).size).toBe(1)
})

test('nine members still fit in a narrow drawing', () => {
  const names = Array.from({ length: 9 }, (_, index) => `m${index}`)
  const { columns, width } = layOut({ ...three, width: 620, names })
  const last = columns.at(-1)
  expect(last && last.member.x + last.member.width).toBeLessThanOrEqual(width + 0.01)
})
