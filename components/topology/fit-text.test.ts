import { expect, test } from 'vitest'
import { fitText, fitWording } from './fit-text.ts'

test('a text that fits stays whole', () => {
  expect(fitText('pg-node-1', 100, 7)).toBe('pg-node-1')
})

test('a long name loses its middle and keeps both ends', () => {
  const fitted = fitText('ip-10-0-1-12.eu-central-1.compute.internal', 84, 7)
  expect(fitted).toHaveLength(12)
  expect(fitted).toMatch(/^ip-10.*…/)
  expect(fitted.endsWith('ernal')).toBe(true)
})

test('the longest wording that fits is taken, and the shortest is cut where none does', () => {
  expect(fitWording(['replica, streaming', 'streaming'], 200, 6)).toBe('replica, streaming')
  expect(fitWording(['replica, streaming', 'streaming'], 60, 6)).toBe('streaming')
  expect(fitWording(['replica, streaming', 'streaming'], 30, 6)).toHaveLength(5)
})
