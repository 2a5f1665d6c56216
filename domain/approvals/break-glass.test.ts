import { expect, test } from 'vitest'
import { breakGlassSentence } from './break-glass.ts'

test('what everybody is told ends once, also where the reason is a sentence', () => {
  const told = 'Ada broke the glass: switching over on main without approval, because “the site is down”.'
  for (const reason of ['the site is down', ' the site is down. '])
    expect(breakGlassSentence('Ada', 'switching over on main', reason)).toBe(told)
})
