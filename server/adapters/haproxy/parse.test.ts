import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture } from '../testing/fixture.ts'
import { csvUrl } from './client.ts'
import { readCsv } from './csv.ts'
import { parseHaproxy } from './parse.ts'

const target = { who: 'HAProxy', system: 'HAProxy', address: '10.0.1.30:7000' }

test('a recorded page tells which servers get traffic', () => {
  const { backends } = parseHaproxy(fixture('haproxy/fixtures/2.6.12.csv'), target)
  expect(backends.map((backend) => backend.name)).toEqual(['primary', 'replicas'])
  const up = backends.map(({ servers }) => servers.filter((server) => server.isUp).map((server) => server.name))
  expect(up[0]).toHaveLength(1)
  expect(up[1]).toHaveLength(2)
  expect(backends[0]?.servers[0]).toMatchObject({ address: '10.0.1.10:6432', check: expect.stringMatching(/^L7/) })
})

test.each([
  ['UP', true],
  ['UP 1/3', true],
  ['no check', true],
  ['DOWN', false],
  ['DOWN 1/2', false],
  ['MAINT (via primary/pg-1)', false],
  ['DRAIN', false],
])('a server that is "%s" is told as up: %s', (status, isUp) => {
  const page = `# pxname,svname,status,check_status,scur,type,\nprimary,pg-1,${status},* L7OK,4,2,\nprimary,BACKEND,UP,,7,1,\n`
  expect(parseHaproxy(page, target).backends).toEqual([
    {
      name: 'primary',
      sessions: 7,
      servers: [{ name: 'pg-1', address: null, isUp, status, check: 'L7OK', sessions: 4 }],
    },
  ])
})

test('columns are found by name, wherever a version puts them', () => {
  const page = '# pxname,svname,new_column,scur,status,\nprimary,pg-1,"a, ""b""\nc",3,UP,\n'
  expect(parseHaproxy(page, target).backends[0]?.servers[0]).toMatchObject({ sessions: 3, isUp: true })
})

test('a page that is no statistics page is a protocol problem', () => {
  expect(() => parseHaproxy('<html>', target)).toThrow('no HAProxy statistics page')
})

test.each([
  ['http://10.0.1.30:7000/', 'http://10.0.1.30:7000/;csv'],
  ['http://lb/haproxy?stats', 'http://lb/haproxy?stats;csv'],
  ['http://lb/;up;norefresh#x', 'http://lb/;csv'],
])('the CSV of %s is at %s', (page, url) => {
  expect(csvUrl(page)).toBe(url)
})

test('what is quoted as CSV is read back', () => {
  const cell = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
      const lines = [['a', 'b'], ...rows].map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(','))
      expect(readCsv(lines.join('\n')).map((row) => [row.get('a'), row.get('b')])).toEqual(rows)
    }),
  )
})
