import type { Machine } from './machine.ts'
import type { PostgresPlace } from './postgres-place.ts'
import { askPsql, psqlProblem } from './psql.ts'

/** Why this role must not run a person's queries, as the superuser sees it there, in one sentence; null when it may. */
export async function roleProblem(machine: Machine, place: PostgresPlace, role: string): Promise<string | null> {
  const { exitCode, stdout, stderr } = await askPsql(machine, {
    place,
    role: machine.config.postgres.superuser,
    database: 'postgres',
    commands: [question(role)],
    settings: { search_path: 'pg_catalog', statement_timeout: '5000' },
    options: ['-At'],
    deadlineMs: 8_000,
  })
  if (exitCode !== 0) return `Postgres cannot be asked what "${role}" may do: ${psqlProblem(stderr)}`
  const found = stdout.trim()
  if (found === 'none') return `There is no role "${role}" in this Postgres as of then: no query was run.`
  if (found === '') return null
  return `"${role}" may do harm (${found.split('\n').join(', ')}): take that from it, or name another role as check_user in agent.toml.`
}

// What it is a member of counts as well, at any distance: it could become that role.
function question(role: string): string {
  const name = `'${role.replaceAll("'", "''")}'`
  return `WITH asked AS (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ${name}),
  held AS (SELECT r.* FROM pg_catalog.pg_roles r, asked WHERE pg_catalog.pg_has_role(asked.oid, r.oid, 'MEMBER'))
SELECT 'none' WHERE NOT EXISTS (SELECT FROM asked)
UNION ALL SELECT rolname || ' is a superuser' FROM held WHERE rolsuper
UNION ALL SELECT rolname || ' may make roles' FROM held WHERE rolcreaterole
UNION ALL SELECT rolname || ' may make databases' FROM held WHERE rolcreatedb
UNION ALL SELECT rolname || ' may replicate' FROM held WHERE rolreplication
UNION ALL SELECT 'member of ' || rolname FROM held WHERE rolname IN (${harmful.map((one) => `'${one}'`).join(', ')})`
}

const harmful = [
  'pg_execute_server_program',
  'pg_write_server_files',
  'pg_read_server_files',
  'pg_signal_backend',
  'pg_write_all_data',
  'pg_checkpoint',
  'pg_create_subscription',
  'pg_maintain',
  'pg_signal_autovacuum_worker',
]
