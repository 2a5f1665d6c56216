import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

export type SchemaEngine = bindings.SchemaEngine

/** Prisma's schema engine from its npm package, so that nothing is downloaded; it needs a reachable database for whatever it does. */
export async function openSchemaEngine(url: string, schema: string): Promise<SchemaEngine> {
  await loadBindings()
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(connectionOf(url)))
  return bindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
}

/** SQL that turns a database of schema `from` (null = empty) into one of schema `to`. */
export async function diffSchemas(url: string, from: string | null, to: string): Promise<string> {
  const engine = await openSchemaEngine(url, to)
  try {
    const { stdout } = await engine.diff({
      from:
        from === null ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: [{ path: 'from.prisma', content: from }] },
      to: { tag: 'schemaDatamodel', files: [{ path: 'to.prisma', content: to }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout ?? ''
  } finally {
    engine.free()
  }
}

let loading: Promise<void> | null = null

function loadBindings(): Promise<void> {
  loading ??= instantiate()
  return loading
}

async function instantiate(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(path.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
}

// The adapter wants fields, not a connection string.
function connectionOf(url: string): pg.PoolConfig {
  const { user, password, host, port, database, ssl } = new pg.Client({ connectionString: url })
  return {
    user,
    password,
    host,
    port,
    database,
    ssl,
    max: 1,
    connectionTimeoutMillis: 3_000,
    application_name: 'matriarch migrate',
  }
}
