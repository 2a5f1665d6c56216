import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// What is there for who is not signed in, or not wholly, or has no role; each asks for itself who it is.
const open = ['enrol/page.tsx', 'invitation/page.tsx', 'no-role/page.tsx', 'sign-in/page.tsx', 'status/page.tsx']

test('every page asks by itself who looks at it, so that none is open where proxy.ts is gone or passed over', () => {
  const folder = import.meta.dirname
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('page.tsx'))
  expect(pages.length).toBeGreaterThan(30)
  const asking = pages.filter((path) => readFileSync(join(folder, path), 'utf8').includes('await authorise('))
  expect(pages.filter((path) => !asking.includes(path)).toSorted()).toEqual(open)
  // The one page that whoever has no role may see.
  const own = asking.filter((path) => /await authorise\([^\n]*'own'\)/.test(readFileSync(join(folder, path), 'utf8')))
  expect(own).toEqual(['(console)/settings/account/page.tsx'])
})
