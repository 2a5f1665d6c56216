import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWorkerEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { startEmbedded } from '#server/store/embedded.ts'
import { migrate, prismaFolder, readMigrations } from '#server/store/migrate.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { diffSchemas } from '#server/store/schema-engine.ts'

const [verb, name] = process.argv.slice(2)

try {
  await run()
} catch (error) {
  console.error(error instanceof AppError ? error.message : error)
  process.exitCode = 1
}

async function run(): Promise<void> {
  if (verb === 'new' && name && /^[a-z0-9_]+$/.test(name)) return writeMigration(name)
  if (verb === 'deploy') return deploy()
  if (verb === 'web-address') return console.log((await prepareRoles(readWorkerEnv().databaseUrl)).webUrl)
  console.error(
    'usage: tsx tools/migrate.ts new NAME (letters, digits, underscores) | deploy | web-address (both with DATABASE_URL)',
  )
  process.exitCode = 2
}

async function deploy(): Promise<void> {
  const applied = await migrate(readWorkerEnv().databaseUrl)
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply')
}

// The schema at git HEAD is what the migrations so far lead to.
async function writeMigration(title: string): Promise<void> {
  const existing = await readMigrations()
  const before =
    existing.length > 0 ? execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' }) : null
  const sql = await difference(before, readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8'))
  const folder = join(prismaFolder, 'migrations', `${String(existing.length + 1).padStart(4, '0')}_${title}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), sql)
  console.log(`wrote ${folder}/migration.sql`)
}

// The engine compares only beside a database, whichever it is.
async function difference(before: string | null, after: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-migrate-'))
  const store = await startEmbedded(home)
  try {
    return await diffSchemas(store.url, before, after)
  } finally {
    await store.stop()
    rmSync(home, { recursive: true })
  }
}
