// A small steady writer: one row every 200 ms through HAProxy. It tells of gaps only, so its log stays short.
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const everyMs = 200
const keptRows = 18_000
const pruneEvery = 1000

let client = null
let writtenAt = Date.now()
let failure = null
let written = 0

for (;;) {
  const startedAt = Date.now()
  try {
    client ??= await connect()
    await write()
    if (failure !== null) console.log(`${now()} writing again after ${Date.now() - writtenAt} ms`)
    failure = null
    writtenAt = Date.now()
  } catch (error) {
    if (failure === null) console.log(`${now()} cannot write: ${error.message}`)
    failure = error
    drop()
  }
  await sleep(Math.max(20, everyMs - (Date.now() - startedAt)))
}

async function connect() {
  const fresh = new pg.Client({ connectionTimeoutMillis: 3000, query_timeout: 3000, application_name: 'heartbeat' })
  fresh.on('error', drop)
  client = fresh
  await fresh.connect()
  return fresh
}

async function write() {
  const { rows } = await client.query('insert into heartbeat (note) values ($1) returning id', ['steady'])
  written += 1
  if (written % pruneEvery === 0) await client.query('delete from heartbeat where id < $1', [rows[0].id - keptRows])
}

function drop() {
  client?.end().catch(() => {})
  client = null
}

function now() {
  return new Date().toISOString()
}
