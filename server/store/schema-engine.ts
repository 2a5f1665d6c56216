import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { connectTimeoutMs } from './connect-timeout.ts'

export type SchemaEngine = Pick<bindings.SchemaEngine, 'applyMigrations' | 'diff'> & { close(): Promise<void> }

/** Prisma's schema engine from its npm package, so that nothing is downloaded; it needs a reachable database for whatever it does. `complete` may add to a script what must commit with it. */
export async function openSchemaEngine(
  url: string,
  schema: string,
  complete: (script: string) => string = (script) => script,
): Promise<SchemaEngine> {
  await loadBindings()
  const factory = new WholeScripts(connectionOf(url), complete)
  const adapter = bindMigrationAwareSqlAdapterFactory(factory)
  const engine = await bindings.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
  return {
    applyMigrations: (input) => engine.applyMigrations(input),
    diff: (params) => engine.diff(params),
    async close() {
      engine.free()
      await factory.disconnect()
    },
  }
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
    await engine.close()
  }
}

// The adapter splits scripts at every semicolon, also inside functions, and commits each part: a failure would leave half a
// migration. PostgreSQL runs a script sent whole as one transaction.
class WholeScripts extends PrismaPg {
  readonly #complete: (script: string) => string
  readonly #opened: { dispose(): Promise<void> }[] = []

  constructor(connection: pg.PoolConfig, complete: (script: string) => string) {
    super(connection)
    this.#complete = complete
  }

  override async connect() {
    const adapter = await super.connect()
    this.#opened.push(adapter)
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(this.#complete(script)).catch(toDriverError)
    }
    return adapter
  }

  // The engine leaves its connections open.
  async disconnect(): Promise<void> {
    await Promise.all(this.#opened.map((adapter) => adapter.dispose()))
  }
}

function toDriverError(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
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
    connectionTimeoutMillis: connectTimeoutMs(url),
    application_name: 'matriarch migrate',
  }
}
