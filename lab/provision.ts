import { database, type NodeName } from './addresses.ts'
import { credentials } from './credentials.ts'
import { inside } from './namespace.ts'
import { pgbackrest } from './pgbackrest.ts'
import { query } from './postgres.ts'
import { run } from './run.ts'

/** Makes on the leader what an application and the console need. Safe to repeat. */
export async function provision(leader: NodeName): Promise<void> {
  await Promise.all([createStanza(leader), createDatabase(leader)])
}

async function createStanza(leader: NodeName): Promise<void> {
  const { command, env } = pgbackrest(leader, 'stanza-create')
  await run(inside(leader, command, 'postgres'), { env, timeoutMs: 60_000 })
}

async function createDatabase(leader: NodeName): Promise<void> {
  const asSuperuser = { host: leader, role: 'postgres', database: 'postgres' } as const
  const grants = 'grant pg_monitor, pg_signal_backend to matriarch; grant pg_read_all_data to auditor'
  await query({ ...asSuperuser, statement: `${role('app')} ${role('matriarch')} ${role('auditor')} ${grants}` })
  const found = await query({
    ...asSuperuser,
    statement: 'select 1 from pg_database where datname = $1',
    values: [database],
  })
  if (found.length === 0) await query({ ...asSuperuser, statement: `create database ${database} owner app` })
  await query({ host: leader, role: 'app', statement: heartbeatTable })
}

function role(name: 'app' | 'matriarch' | 'auditor'): string {
  const { user, password } = credentials[name]
  return `do $$ begin
    if not exists (select from pg_roles where rolname = '${user}') then
      create role ${user} login password '${password}';
    end if;
  end $$;`
}

const heartbeatTable = `create table if not exists heartbeat (
  id bigserial primary key,
  written_at timestamptz not null default now(),
  note text
)`
