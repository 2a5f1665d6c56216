import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { madeRoutes, openRoutes, routes } from './routes.ts'

const app = fileURLToPath(new URL('../app', import.meta.url))

test('every page is looked at by the browser tests, and none that is not there', () => {
  const pages = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(isPage).map(addressOf)
  const [made, named] = [new Set<string>(madeRoutes), [...routes, ...openRoutes].map(({ path }) => path)]
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.filter((page) => !made.has(page) && !named.some((path) => isAt(page, path)))).toEqual([])
  expect([...made].filter((page) => !pages.includes(page))).toEqual([])
  expect(named.filter((path) => !pages.some((page) => isAt(page, path)))).toEqual([])
})

function isPage(file: string): boolean {
  return file === 'page.tsx' || file.endsWith('/page.tsx')
}

/** `(console)/clusters/[name]/(overview)/page.tsx` is at `/clusters/[name]`. */
function addressOf(file: string): string {
  const parts = file.split('/').filter((part) => part !== 'page.tsx' && !part.startsWith('('))
  return `/${parts.join('/')}`
}

function isAt(page: string, path: string): boolean {
  const pattern = page.replaceAll(/\[[^\]]+\]/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}
