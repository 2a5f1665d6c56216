import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'

test.each([
  ['/', '/'],
  ['/clusters/main?tab=events', '/clusters/main?tab=events'],
  ['/operations/1//2', '/operations/1//2'],
  ['/a/../audit', '/audit'],
])('%s is returned to', (next, path) => {
  expect(ownPath(next)).toBe(path)
})

test.each([
  undefined,
  ['/audit'],
  '',
  'audit',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/.\\/evil.example',
  '/a/../\\evil.example',
  '/\t/evil.example',
  '/\n\\evil.example',
  '//:@evil.example',
])('%o leads to the fleet', (next) => {
  expect(ownPath(next)).toBe('/')
})
