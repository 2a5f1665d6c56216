import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

interface Sample {
  path: string
  text: string
  /** The one rule that must complain; null = the file is fine. */
  rule: string | null
}

const samples: Sample[] = [
  { path: 'domain/a.ts', text: `import { b } from './b.ts'\nb()`, rule: null },
  { path: 'domain/c.ts', text: `import { log } from '#server/log.ts'\nlog()`, rule: 'layering' },
  { path: 'domain/d.ts', text: `import { log } from '../server/log.ts'\nlog()`, rule: 'layering' },
  {
    path: 'domain/e.ts',
    text: `export async function load() {\n  return import('#server/log.ts')\n}`,
    rule: 'layering',
  },
  { path: 'server/adapters/patroni/a.ts', text: `import { a } from '#domain/a.ts'\na()`, rule: null },
  { path: 'server/adapters/patroni/b.ts', text: `import { s } from '#server/store/s.ts'\ns()`, rule: 'layering' },
  { path: 'server/api/a.ts', text: `import { p } from '../adapters/patroni/p.ts'\np()`, rule: 'layering' },
  { path: 'server/worker.ts', text: `import { p } from './adapters/patroni/p.ts'\np()`, rule: null },
  { path: 'server/novel/a.ts', text: `import { a } from '#domain/a.ts'\na()`, rule: 'layering' },
  { path: 'server/store/a.db.test.ts', text: `import { t } from '#tools/testing/t.ts'\nt()`, rule: null },
  { path: 'server/store/a.ts', text: `import { t } from '#tools/testing/t.ts'\nt()`, rule: 'layering' },
  { path: 'components/a.tsx', text: `import type { A } from '#server/api/root.ts'\nexport type B = A`, rule: null },
  { path: 'components/b.tsx', text: `import { a } from '#server/api/root.ts'\na()`, rule: 'layering' },
  { path: 'components/c.tsx', text: `import { a } from './ui/button.tsx'\na()`, rule: null },
  { path: 'components/ui/a.tsx', text: `import { a } from '../fleet/row.tsx'\na()`, rule: 'layering' },
  { path: 'app/a.tsx', text: `import { a } from '#server/api/caller.ts'\na()`, rule: null },
  { path: 'app/b.tsx', text: `import { a } from '#server/store/open.ts'\na()`, rule: 'layering' },
  { path: 'lab/a.ts', text: `import { a } from '#server/log.ts'\na()`, rule: 'layering' },
  { path: 'server/feed/env.ts', text: `export const home = process.env.HOME`, rule: 'no-process-env' },
  {
    path: 'server/feed/env-import.ts',
    text: `import { env } from 'node:process'\nenv.a = '1'`,
    rule: 'no-process-env',
  },
  { path: 'server/env.ts', text: `export const home = process.env.HOME`, rule: null },
  { path: 'lab/env.ts', text: `export const home = process.env.HOME`, rule: null },
  { path: 'server/feed/p.ts', text: `import { P } from '@prisma/client'\nP()`, rule: 'no-prisma-outside-store' },
  {
    path: 'server/feed/q.ts',
    text: `export const q = (s) => s.prisma.user.findMany()`,
    rule: 'no-prisma-outside-store',
  },
  { path: 'server/audit/q.ts', text: `export const q = (s) => s.prisma.user.findMany()`, rule: null },
  { path: 'server/api/routers/m.ts', text: `export const m = (p) => p.input(1).mutation(2)`, rule: 'no-bare-mutation' },
  { path: 'server/api/routers/n.ts', text: `export const n = command({}).input(1).mutation(2)`, rule: null },
  { path: 'server/api/command.ts', text: `export function command(p) {\n  return p.mutation(2)\n}`, rule: null },
  { path: 'domain/all.ts', text: `export * from './a.ts'`, rule: 'no-barrel' },
  { path: 'domain/one.ts', text: `export { a } from './a.ts'`, rule: 'no-barrel' },
  { path: 'domain/index.ts', text: `export const a = 1`, rule: 'no-barrel' },
  { path: 'domain/utils.ts', text: `export const a = 1`, rule: 'no-vague-name' },
  { path: 'server/feed/helpers/a.ts', text: `export const a = 1`, rule: 'no-vague-name' },
  { path: 'domain/Lag.ts', text: `export const a = 1`, rule: 'filename-case' },
  { path: 'domain/long.ts', text: 'export {}\n'.repeat(401), rule: 'max-lines' },
]

describe('the house rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'house-rules-'))
  let complaints = new Map<string, string[]>()

  beforeAll(() => {
    for (const { path, text } of samples) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), `${text}\n`)
    }
    complaints = lint(root)
  }, 30_000)

  afterAll(() => rmSync(root, { recursive: true }))

  test.each(samples)('$path → $rule', ({ path, rule }) => {
    const found = (complaints.get(path) ?? []).filter((name) => houseRules.has(name))
    expect(found).toEqual(rule === null ? [] : [rule])
  })
})

const houseRules = new Set(samples.map((sample) => sample.rule))

function lint(root: string): Map<string, string[]> {
  const here = dirname(fileURLToPath(import.meta.url))
  const project = join(here, '../..')
  const config: unknown = JSON.parse(readFileSync(join(project, '.oxlintrc.json'), 'utf8'))
  const own = { ...Object(config), jsPlugins: [join(here, 'house-rules.js')], options: {} }
  writeFileSync(join(root, '.oxlintrc.json'), JSON.stringify(own))
  const found = new Map<string, string[]>()
  for (const { code, filename } of run(join(project, 'node_modules/.bin/oxlint'), root)) {
    const rule = /\((.+)\)$/.exec(code)?.[1] ?? code
    found.set(filename, [...new Set([...(found.get(filename) ?? []), rule])])
  }
  return found
}

function run(oxlint: string, cwd: string): { code: string; filename: string }[] {
  try {
    execFileSync(oxlint, ['--format', 'json'], { cwd, stdio: 'pipe' })
    return []
  } catch (error) {
    return JSON.parse(String(Object(error).stdout)).diagnostics
  }
}
