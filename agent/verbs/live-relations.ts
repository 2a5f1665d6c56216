import * as z from 'zod/mini'
import type { Machine } from './machine.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { askPsql } from './psql.ts'
import type { Catalogs } from './transaction-so-far.ts'

/** A relation that there is now, in the database with this number. */
export interface LiveRelation {
  database: string
  oid: number
  file: number
  name: string
  kind: string
}

/** What the node's own Postgres tells of its databases; names by numbers, as WAL knows only these. */
export interface LiveNames {
  databases: Map<string, string>
  /** By `database/number`. */
  schemas: Map<string, string>
  relations: LiveRelation[]
}

/** Numbers by which relations are looked for: their own, and those of their files. */
export interface Wanted {
  database: string
  numbers: number[]
}

const databaseRows = z.array(z.tuple([z.string(), z.string()]))
const catalogRow = z.tuple([z.number(), z.number()])
const nameRows = z.object({
  schemas: z.array(z.tuple([z.number(), z.string()])),
  relations: z.array(z.tuple([z.number(), z.number(), z.string(), z.string()])),
})

/** The databases that can be asked, with the files of their catalogs; empty where Postgres does not answer. */
export async function liveDatabases(
  machine: Machine,
  place: PostgresPlace | null,
): Promise<{ names: Map<string, string>; catalogs: Catalogs }> {
  const names = new Map<string, string>()
  const classes = new Set<string>()
  const types = new Set<string>()
  const sql = 'SELECT json_agg(json_build_array(oid::text, datname)) FROM pg_database WHERE datallowconn'
  for (const [oid, name] of databaseRows.parse((await ask(machine, place, 'postgres', sql)) ?? [])) {
    names.set(oid, name)
    const files = `SELECT json_build_array(pg_relation_filenode('pg_class')::int8, pg_relation_filenode('pg_type')::int8)`
    const found = catalogRow.safeParse(await ask(machine, place, name, files))
    // As they are from the beginning; a rewrite gives them others.
    for (const file of [1259, found.data?.[0] ?? 1259]) classes.add(`${oid}/${file}`)
    for (const file of [1247, found.data?.[1] ?? 1247]) types.add(`${oid}/${file}`)
  }
  return { names, catalogs: { classes, types } }
}

/** The names of schemas, and of those relations that are wanted and still there. */
export async function liveNames(
  machine: Machine,
  place: PostgresPlace | null,
  databases: Map<string, string>,
  wanted: readonly Wanted[],
): Promise<LiveNames> {
  const names: LiveNames = { databases, schemas: new Map(), relations: [] }
  for (const { database, numbers } of wanted) {
    const name = databases.get(database)
    if (name === undefined) continue
    const list = `ARRAY[${numbers.filter((number) => Number.isSafeInteger(number)).join(', ')}]::oid[]`
    const sql = `SELECT json_build_object(
      'schemas', (SELECT json_agg(json_build_array(oid::int8, nspname)) FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'),
      'relations', (SELECT coalesce(json_agg(json_build_array(c.oid::int8, coalesce(pg_relation_filenode(c.oid), 0)::int8,
          n.nspname || '.' || c.relname, c.relkind::text)), '[]')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = ANY (${list}) OR pg_relation_filenode(c.oid) = ANY (${list})))`
    const found = nameRows.safeParse(await ask(machine, place, name, sql))
    if (!found.success) continue
    for (const [oid, schema] of found.data.schemas) names.schemas.set(`${database}/${oid}`, schema)
    for (const [oid, file, relation, kind] of found.data.relations) {
      names.relations.push({ database, oid, file, name: relation, kind })
    }
  }
  return names
}

async function ask(machine: Machine, place: PostgresPlace | null, database: string, sql: string): Promise<unknown> {
  if (place === null) return null
  const { superuser: role } = machine.config.postgres
  // The superuser asks: nothing that somebody put into a database may be taken for Postgres' own.
  const settings = { search_path: 'pg_catalog', default_transaction_read_only: 'on', statement_timeout: '10000' }
  const options = ['-At']
  const said = await askPsql(machine, { place, role, database, commands: [sql], options, settings, deadlineMs: 15_000 })
  const text = said.exitCode === 0 && !said.isCut ? said.stdout.trim() : ''
  return text === '' ? null : JSON.parse(text)
}
