import { address, database, ports } from '#lab/addresses.ts'
import { credentials } from '#lab/credentials.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** One acknowledged insert: its number and when the acknowledgement came, on this machine's steady clock. */
export interface AcknowledgedWrite {
  id: number
  atMs: number
}

const everyMs = 10
const deadlineMs = 250

/**
 * Inserts a row every 10 ms through HAProxy and notes each acknowledgement. A write that is not acknowledged within
 * 250 ms is given up with its connection, so that a connection to a server that is gone costs little.
 */
export class WriteProbe {
  readonly acknowledged: AcknowledgedWrite[] = []
  readonly #table: string
  #client: pg.Client | null = null
  #isStopped = false
  #loop: Promise<void> = Promise.resolve()
  #nextId = 1

  constructor(table: string) {
    this.#table = table
  }

  async start(): Promise<void> {
    const client = await connect(5000)
    await client.query(`drop table if exists ${this.#table}`)
    await client.query(`create table ${this.#table} (id bigint primary key)`)
    this.#client = client
    this.#loop = this.#run()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#loop
    this.#drop()
  }

  /** Longest time between two acknowledgements that both lie in the window. */
  longestGapMs(fromMs: number, toMs: number): number {
    const times = this.acknowledged.map(({ atMs }) => atMs).filter((atMs) => atMs >= fromMs && atMs <= toMs)
    return times.reduce((longest, atMs, index) => Math.max(longest, atMs - (times[index - 1] ?? atMs)), 0)
  }

  /** Acknowledged writes that are not in the table. */
  async lost(): Promise<number> {
    const client = await connect(5000)
    try {
      const { rows } = await client.query<{ id: string }>(`select id from ${this.#table}`)
      const kept = new Set(rows.map(({ id }) => Number(id)))
      return this.acknowledged.filter(({ id }) => !kept.has(id)).length
    } finally {
      await client.end()
    }
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const startedAtMs = performance.now()
      await this.#write()
      await sleep(Math.max(0, everyMs - (performance.now() - startedAtMs)))
    }
  }

  async #write(): Promise<void> {
    const id = this.#nextId++
    try {
      this.#client ??= await connect(deadlineMs)
      await this.#client.query(`insert into ${this.#table} values ($1)`, [id])
      this.acknowledged.push({ id, atMs: performance.now() })
    } catch {
      this.#drop()
    }
  }

  #drop(): void {
    const client = this.#client
    this.#client = null
    client?.end().catch(() => {})
  }
}

async function connect(timeoutMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    host: address.haproxy,
    port: ports.haproxyLeader,
    database,
    ...credentials.app,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'write-probe',
  })
  client.on('error', () => {})
  await client.connect()
  return client
}
