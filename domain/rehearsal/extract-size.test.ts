import { expect, test } from 'vitest'
import { extractMayStay, extractStays } from './extract-size.ts'
import { largestExtractBytes } from './extract-part.ts'

test('an extract that is too large is told of with its place', () => {
  const backupBytes = 41_000_000_000
  expect(extractMayStay({ node: 'n2', folder: '/data', backupBytes })).toBe(
    'The console hands over a file of 537 MB at most, and the backup holds 41 GB. A larger one lies on n2 for you to copy from there, as /data.matriarch-rehearsal-....dump, or under that name in the folder that [rehearsal] of agent.toml sets.',
  )
  expect(extractMayStay({ node: 'n2', folder: null, backupBytes })).toContain('<data folder>.matriarch-rehearsal-')
  expect(extractMayStay({ node: 'n2', folder: null, backupBytes: largestExtractBytes })).toBeNull()
  const file = { node: 'n2', name: '6d1f3c52-8a4e-4c0b-9a57-3f1f6a2e7b44' }
  expect(extractStays({ ...file, bytes: 2_000_000_000 })).toMatch(
    /^It has 2 GB, .* copy it from n2, .*<data folder>\.matriarch-rehearsal-6d1f3c52-8a4e-4c0b-9a57-3f1f6a2e7b44\.dump,/,
  )
  expect(extractStays({ ...file, bytes: largestExtractBytes })).toBeNull()
})
