import { existsSync, chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { ownerUrl } from './embedded/address.ts'
import { findBinaries } from './embedded/binaries.ts'
import { keepStoreCredentials, storeCredentials, type StoreCredentials } from './embedded/credentials.ts'
import { initialise } from './embedded/init.ts'
import { keepRunning } from './embedded/keep-running.ts'
import { startPostmaster, stopLeftover } from './embedded/postmaster.ts'
import { chooseRunAs } from './embedded/run-as.ts'
import { prepareHome } from './key-files.ts'

export interface EmbeddedStore {
  /** The database `matriarch` as its owner. */
  url: string
  /** The database `postgres` as superuser. */
  adminUrl: string
  stop: () => Promise<void>
}

/** Starts the console's own PostgreSQL in `home`/store and keeps it running until `stop`; made at first use. One caller a home at a time. */
export async function startEmbedded(home: string, tell: (sentence: string) => void = () => {}): Promise<EmbeddedStore> {
  prepareHome(home)
  // The user PostgreSQL runs as must walk through; the folder's content has its own locks.
  if (process.getuid?.() === 0) chmodSync(home, 0o711)
  const binaries = findBinaries()
  const dataFolder = join(home, 'store')
  const runAs = chooseRunAs(dataFolder, [binaries.postgres, dataFolder])
  const credentials = storeCredentials(home)
  const isNew = !existsSync(dataFolder)
  if (isNew) await initialise({ binaries, runAs, dataFolder, superuserPassword: credentials.superuserPassword })
  else await stopLeftover(dataFolder)
  const port = await choosePort(credentials.port)
  if (port !== credentials.port) keepStoreCredentials(home, { ...credentials, port })
  const logFile = join(home, 'logs', 'store.log')
  const start = () => startPostmaster({ binaries, runAs, dataFolder, logFile, port })
  const server = keepRunning(await start(), start, tell)
  const adminUrl = `postgresql://postgres:${credentials.superuserPassword}@127.0.0.1:${port}/postgres`
  try {
    await makeDatabase(adminUrl, credentials)
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: ownerUrl(credentials.ownerPassword, port),
    adminUrl,
    stop: server.stop,
  }
}

async function makeDatabase(adminUrl: string, credentials: StoreCredentials): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 3_000, query_timeout: 30_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query("select 1 from pg_database where datname = 'matriarch'")
    if (rows.length > 0) return
    await client.query(`drop role if exists matriarch`)
    await client.query(
      `create role matriarch login createrole password ${client.escapeLiteral(credentials.ownerPassword)}`,
    )
    await client.query('create database matriarch owner matriarch')
  } finally {
    await client.end()
  }
}

/** A port of 127.0.0.1 that nobody listens on: the preferred one if it is free. */
async function choosePort(preferred: number | null): Promise<number> {
  if (preferred !== null && (await tryPort(preferred)) === preferred) return preferred
  const port = await tryPort(0)
  if (port === null) throw new Error('no port of 127.0.0.1 is free')
  return port
}

function tryPort(port: number): Promise<number | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null))
    })
  })
}
