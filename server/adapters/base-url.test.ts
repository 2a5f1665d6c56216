import { expect, test } from 'vitest'
import { baseUrl, hostOf, pageUrl } from './base-url.ts'

test.each([
  ['10.0.1.10:8008', 'http://10.0.1.10:8008'],
  ['10.0.1.10', 'http://10.0.1.10:8008'],
  ['10.0.1.10:80', 'http://10.0.1.10'],
  [' http://10.0.1.10:8008/patroni ', 'http://10.0.1.10:8008'],
  ['https://pg-1.example.net/cluster?x=1', 'https://pg-1.example.net'],
  ['HTTPS://PG-1:8008', 'https://pg-1:8008'],
  ['[fd00::1]:8008', 'http://[fd00::1]:8008'],
  ['pg-1:8008/cluster', 'http://pg-1:8008'],
])('the address "%s" means %s', (text, url) => {
  expect(baseUrl(text, 8008)).toBe(url)
})

test.each([
  '',
  'ftp://10.0.1.10',
  'http://',
  'javascript:alert(1)',
  'http://user:secret@10.0.1.10:8008',
  'a b',
  'x:99999',
])('"%s" is no address', (text) => {
  expect(baseUrl(text, 8008)).toBeNull()
})

test('a page keeps its path and query', () => {
  expect(pageUrl('lb-1:7000/haproxy?stats')).toBe('http://lb-1:7000/haproxy?stats')
  expect(pageUrl('https://lb-1/;csv')).toBe('https://lb-1/;csv')
  expect(pageUrl('http://a:b@lb-1/')).toBeNull()
})

test('a host is told without port and brackets', () => {
  expect(hostOf('http://[fd00::1]:8008')).toBe('fd00::1')
  expect(hostOf('nonsense')).toBeNull()
})
