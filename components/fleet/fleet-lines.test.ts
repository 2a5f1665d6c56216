import { expect, test } from 'vitest'
import { filterRows } from './filter-rows.ts'
import { fleetLines } from './fleet-lines.ts'
import { orderRows } from './order-rows.ts'
import { rowOf } from './testing-row.ts'

const rows = orderRows([
  rowOf('db-10', { labels: ['staging'] }),
  rowOf('db-2', { labels: ['staging'] }),
  rowOf('mail'),
  rowOf('search', { level: 'degraded', labels: ['production', 'eu'] }),
  rowOf('frozen', { level: 'unseen' }),
  rowOf('billing', { level: 'down', labels: ['production'], sentence: 'Nobody leads.', leader: null }),
])
const names = (found: readonly { name: string }[]) => found.map(({ name }) => name)

test('the worst stands first, equals by name with numbers as numbers', () => {
  expect(names(rows)).toEqual(['billing', 'frozen', 'search', 'db-2', 'db-10', 'mail'])
})

test('by label the group with the worst cluster comes first, and a cluster stands under each of its labels', () => {
  const lines = fleetLines(rows, true).map((line) =>
    line.kind === 'group' ? `# ${line.label} ${line.size}` : line.row.name,
  )
  expect(lines).toEqual([
    '# production 2',
    'billing',
    'search',
    '# Without a label 2',
    'frozen',
    'mail',
    '# eu 1',
    'search',
    '# staging 2',
    'db-2',
    'db-10',
  ])
})

test('every line has a key of its own, however often its cluster stands there', () => {
  const keys = fleetLines(rows, true).map((line) => line.key)
  expect(new Set(keys).size).toBe(keys.length)
})

test('every word must be found, in name, label, verdict, sentence or member', () => {
  const find = (search: string, level = '') => names(filterRows(rows, { search, level }))
  expect(find('  ')).toHaveLength(6)
  expect(find('STAGING db-1')).toEqual(['db-10'])
  expect(find('nobody leads')).toEqual(['billing'])
  expect(find('pg-node-2 production')).toEqual(['billing', 'search'])
  expect(find('down')).toEqual(['billing'])
  expect(find('', 'degraded')).toEqual(['search'])
  expect(find('nothing of this')).toEqual([])
})
