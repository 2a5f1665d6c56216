import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isBuilt } from './built.ts'
import { root } from './root.ts'

/** A checkout whose build is this shell text in Next's stead. */
function checkout(next: string) {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-built-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['tools', 'node_modules/.bin', 'app']) mkdirSync(join(folder, name), { recursive: true })
  cpSync(join(root, 'tools/build.sh'), join(folder, 'tools/build.sh'))
  const page = join(folder, 'app/page.tsx')
  writeFileSync(page, '')
  const lastWeek = new Date(Date.now() - 7 * 86_400_000)
  utimesSync(page, lastWeek, lastWeek)
  const program = (name: string, text: string) => {
    writeFileSync(join(folder, 'node_modules/.bin', name), `#!/bin/sh\nset -e\n${text}\n`)
    chmodSync(join(folder, 'node_modules/.bin', name), 0o755)
  }
  program('prisma', '')
  program('tsx', '')
  program('next', next)
  return {
    folder,
    build: () => execFileSync('bash', [join(folder, 'tools/build.sh')], { stdio: 'pipe' }),
    nextIs: (text: string) => program('next', text),
  }
}

const builds = 'mkdir -p .next; echo 1 >.next/BUILD_ID'

test('pages are built once a build that began after their last change is through', () => {
  const { folder, build } = checkout(builds)
  expect(isBuilt(folder)).toBe(false)
  build()
  expect(isBuilt(folder)).toBe(true)
})

test('what is changed while it is built is not in the build', () => {
  const { folder, build, nextIs } = checkout(`touch app/page.tsx; ${builds}`)
  build()
  expect(isBuilt(folder)).toBe(false)
  nextIs(builds)
  build()
  expect(isBuilt(folder)).toBe(true)
})

test('a build that breaks off leaves nothing that counts as built', () => {
  const { folder, build, nextIs } = checkout(builds)
  build()
  nextIs('exit 1')
  expect(build).toThrow('Command failed')
  expect(isBuilt(folder)).toBe(false)
})
