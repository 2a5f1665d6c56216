import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { AppError } from '#server/errors.ts'
import { openSchemaEngine } from './schema-engine.ts'
import { translateStoreError } from './unreachable.ts'

/** Brings the database to the schema of this version and returns the names of the migrations it applied; keeps `_prisma_migrations`. */
export async function migrate(url: string): Promise<string[]> {
  const migrations = await readMigrations()
  try {
    if (await isUpToDate(url, migrations)) return []
    return await apply(url, migrations)
  } catch (error) {
    throw translateStoreError(error, url)
  }
}

export const prismaFolder = fileURLToPath(new URL('../../prisma', import.meta.url))

export interface Migration {
  name: string
  sql: string
}

/** The migrations of this version in their order. */
export async function readMigrations(): Promise<Migration[]> {
  const base = join(prismaFolder, 'migrations')
  const entries = await readdir(base, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  names.sort()
  return Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(join(base, name, 'migration.sql'), 'utf8') })),
  )
}

// Loading the engine takes longer than this question.
async function isUpToDate(url: string, migrations: Migration[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 15_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const known = await client.query("select to_regclass('public._prisma_migrations') is not null as exists")
    if (!known.rows[0]?.exists) return false
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'select migration_name, checksum from public._prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
    refuseUnknown([...applied.keys()], migrations)
    return migrations.every(({ name, sql }) => applied.get(name) === createHash('sha256').update(sql).digest('hex'))
  } finally {
    await client.end()
  }
}

function refuseUnknown(applied: string[], migrations: Migration[]): void {
  const names = new Set(migrations.map(({ name }) => name))
  const newer = applied.filter((name) => !names.has(name))
  if (newer.length === 0) return
  throw new AppError(
    'refused',
    `The store was made by a newer version of Matriarch (it has ${newer.join(', ')}). Start that version, or restore an older copy of the store.`,
  )
}

async function apply(url: string, migrations: Migration[]): Promise<string[]> {
  const engine = await openSchemaEngine(url, await readFile(join(prismaFolder, 'schema.prisma'), 'utf8'))
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: join(prismaFolder, 'migrations'),
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    })
    return appliedMigrationNames
  } finally {
    engine.free()
  }
}
