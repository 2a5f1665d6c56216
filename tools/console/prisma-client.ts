import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

/** Generates the Prisma client where a fresh checkout has none or the schema is newer; must run before the store's modules are loaded. */
export function ensurePrismaClient(): void {
  const made = statSync(join(root, 'server', 'store', 'generated', 'client.ts'), { throwIfNoEntry: false })
  const schema = statSync(join(root, 'prisma', 'schema.prisma'))
  if (made && made.mtimeMs > schema.mtimeMs) return
  // Prisma would download an engine that generating does not use.
  execFileSync(join(root, 'node_modules', '.bin', 'prisma'), ['generate'], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' },
  })
}
