import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultsIn } from './docs/faults-in.ts'
import { unsaidNames, unsaidQuotes } from './docs/unsaid-quotes.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const packageJson: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const source = ['domain', 'server/operations', 'server/worker', 'server/factors', 'server/auth', 'components']
  .map(sourceOf)
  .join('\n')
const faults = pages().flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const scripts = Object.keys(packageJson.scripts)
  const isRunbook = page.startsWith('docs/runbooks/')
  const unsaid = isRunbook ? unsaidQuotes(text, source) : []
  const unnamed = isRunbook ? unsaidNames(text, source) : []
  return [
    ...faultsIn(text, { page, scripts, exists: (path) => existsSync(join(root, path)) }),
    ...unsaid.map((quote) => `${page} quotes "${quote}", which the console never says.`),
    ...unnamed.map((name) => `${page} names **${name}**, which nothing in the console is called.`),
  ]
})
for (const fault of faults) console.error(fault)
process.exitCode = faults.length === 0 ? 0 : 1

function pages(): string[] {
  const docs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    : []
  return ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)].filter((page) =>
    existsSync(join(root, page)),
  )
}

function sourceOf(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')
}
