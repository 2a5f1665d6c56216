import pg from 'pg'
import { address, database, type NodeName, ports } from '#lab/addresses.ts'
import { credentials } from '#lab/credentials.ts'

/** A session that holds a lock in a transaction, and one that waits for it, until the end of the scope or until somebody ends the holder. */
export async function holdUp(node: NodeName): Promise<{ holder: number } & AsyncDisposable> {
  const [holder, waiter] = [newClient(node), newClient(node)]
  const leave = async () => {
    for (const client of [holder, waiter]) await Promise.race([client.end().catch(() => {}), later(2_000)])
  }
  try {
    for (const client of [holder, waiter]) await client.connect()
    await holder.query('begin')
    const { rows } = await holder.query<{ pid: number }>(`select pg_backend_pid() as pid, ${lock}`)
    void waiter.query(`select ${lock}`).catch(() => {})
    return { holder: Number(rows[0]?.pid), [Symbol.asyncDispose]: leave }
  } catch (error) {
    await leave()
    throw error
  }
}

const lock = 'pg_advisory_xact_lock(20261126)'

function newClient(node: NodeName): pg.Client {
  const client = new pg.Client({
    host: address[node],
    port: ports.postgres,
    database,
    ...credentials.app,
    application_name: 'nightly-report',
    connectionTimeoutMillis: 10_000,
  })
  // Whoever is ended by an administrator is told so by this event.
  client.on('error', () => {})
  return client
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
