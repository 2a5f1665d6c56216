import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { faultsIn } from './docs/faults-in.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const packageJson: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const faults = pages().flatMap((page) =>
  faultsIn(readFileSync(join(root, page), 'utf8'), {
    page,
    scripts: Object.keys(packageJson.scripts),
    exists: (path) => existsSync(join(root, path)),
  }),
)
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
