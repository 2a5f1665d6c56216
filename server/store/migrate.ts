import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { AppError } from '#server/errors.ts'
import { connectTimeoutMs } from './connect-timeout.ts'
import { openSchemaEngine } from './schema-engine.ts'
import { translateStoreError } from './unreachable.ts'

/** Brings the database to the schema of this version and returns the names of the migrations it applied; keeps `_prisma_migrations`. */
export async function migrate(url: string): Promise<string[]> {
  return migrateWith(url, await readMigrations())
}

/** The same with these migrations: the first of them make the store as an older version had it. */
export async function migrateWith(url: string, migrations: Migration[]): Promise<string[]> {
  try {
    return await withLock(url, async (client) => {
      if (await isUpToDate(client, migrations)) return []
      return apply(url, migrations)
    })
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

// Two supervisors may start at once.
async function withLock<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs(url),
    query_timeout: 120_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('matriarch migrate'))")
    return await work(client)
  } finally {
    await client.end()
  }
}

// Loading the engine takes longer than this question.
async function isUpToDate(client: pg.Client, migrations: Migration[]): Promise<boolean> {
  const known = await client.query("select to_regclass('public._prisma_migrations') is not null as exists")
  if (!known.rows[0]?.exists) return false
  // A script and its mark commit together: without a mark nothing of it was kept, and it may be run again.
  await client.query(
    'update public._prisma_migrations set rolled_back_at = now() where finished_at is null and rolled_back_at is null',
  )
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from public._prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  refuseUnknown([...applied.keys()], migrations)
  return migrations.every(({ name, sql }) => applied.get(name) === createHash('sha256').update(sql).digest('hex'))
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
  const complete = (script: string) => {
    const migration = migrations.find(({ sql }) => sql === script)
    return migration ? `${script};\n${markFinished(migration.name)}` : script
  }
  const engine = await openSchemaEngine(url, await readFile(join(prismaFolder, 'schema.prisma'), 'utf8'), complete)
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
    await engine.close()
  }
}

function markFinished(name: string): string {
  return `update public._prisma_migrations set finished_at = now()
    where migration_name = ${pg.escapeLiteral(name)} and finished_at is null and rolled_back_at is null`
}
