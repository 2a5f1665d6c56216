import type { z } from 'zod'
import type { tablesSeen } from '#agent/protocol/results.ts'
import type { Machine } from './machine.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { askPsql, psqlProblem } from './psql.ts'
import { readCsv } from './read-csv.ts'

type Seen = z.output<typeof tablesSeen>

interface Found {
  table: Seen['tables'][number]
  /** Its name as SQL takes it. */
  from: string
}

const mostTables = 30
const smallBytes = 64 * 1024 * 1024
/** All of it has to be answered within the time that a caller waits. */
const budgetMs = 30_000

/** The greatest tables of all databases, greatest first; the rows of small ones counted, of others as Postgres estimates them. */
export async function seeTables(machine: Machine, place: PostgresPlace): Promise<Seen> {
  const end = performance.now() + budgetMs
  const problems: string[] = []
  const listed = await ask({ machine, place, database: 'postgres', commands: [databases], end })
  if (listed.problem !== null) return { tables: [], problems: [listed.problem] }
  const found: Found[] = []
  for (const [database = ''] of listed.rows) {
    const { rows, problem } = await ask({ machine, place, database, commands: [greatest], end })
    if (problem !== null) problems.push(`${database}: ${problem}`)
    found.push(...rows.map((row) => foundIn(database, row)))
  }
  const tables = found.toSorted((a, b) => b.table.bytes - a.table.bytes).slice(0, mostTables)
  const counts = new Map<Found, number>()
  for (const database of new Set(tables.map(({ table }) => table.database))) {
    const small = tables.filter(({ table }) => table.database === database && table.bytes < smallBytes)
    // Each by itself: one that takes too long costs the others nothing.
    const commands = small.map(({ from }, index) => `SELECT ${index}, count(*) FROM ONLY ${from}`)
    const { rows } = await ask({ machine, place, database, commands, end })
    for (const [index, rowCount] of rows) {
      const one = small[Number(index)]
      if (one !== undefined) counts.set(one, Number(rowCount))
    }
  }
  return { tables: tables.map((one) => ({ ...one.table, ...countedAs(counts.get(one)) })), problems }
}

function countedAs(rows: number | undefined): Partial<Seen['tables'][number]> {
  return rows === undefined ? {} : { rows, isCounted: true }
}

function foundIn(database: string, row: string[]): Found {
  const [schema = '', name = '', bytes = '0', estimate = '-1', from = ''] = row
  // Postgres has none for a table that was never analyzed.
  const rows = Number(estimate) < 0 ? null : Math.round(Number(estimate))
  return { table: { database, schema, name, bytes: Number(bytes), rows, isCounted: false }, from }
}

const databases = 'SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname'

/** The size of a locked table is taken from its pages as last counted: to measure it would wait for the lock, and then nothing at all were told. */
const greatest = `SELECT n.nspname, c.relname,
    CASE WHEN EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
                      WHERE l.relation = c.oid AND d.datname = current_database() AND l.mode = 'AccessExclusiveLock' AND l.granted)
         THEN c.relpages::bigint * current_setting('block_size')::int ELSE COALESCE(pg_table_size(c.oid), 0) END,
    c.reltuples::float8, format('%I.%I', n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  ORDER BY 3 DESC, 1, 2 LIMIT ${mostTables}`

interface TableQuestion {
  machine: Machine
  place: PostgresPlace
  database: string
  commands: readonly string[]
  /** By performance.now(). */
  end: number
}

async function ask({ machine, place, database, commands, end }: TableQuestion) {
  const deadlineMs = Math.round(end - performance.now())
  if (commands.length === 0) return { rows: [], problem: null }
  if (deadlineMs < 500) return { rows: [], problem: 'There was no time left for it.' }
  const said = await askPsql(machine, {
    place,
    role: machine.config.postgres.superuser,
    database,
    commands,
    settings: {
      search_path: 'pg_catalog',
      default_transaction_read_only: 'on',
      statement_timeout: '5000',
      lock_timeout: '1000',
    },
    options: ['--csv', '-t'],
    deadlineMs,
  })
  const rows = readCsv(said.stdout)
  if (said.isLate) return { rows, problem: 'It took too long.' }
  return { rows, problem: said.stderr.trim() === '' ? null : psqlProblem(said.stderr) }
}
