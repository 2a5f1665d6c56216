import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryAnswer, tablesSeen } from '#agent/protocol/results.ts'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { machineVerbs } from './machine-verbs.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await testPostgres((config) => ({ ...config, postgres: { ...config.postgres, checkUser: 'auditor' } }))
  await postgres.start([])
  await postgres.sql('CREATE ROLE auditor LOGIN; GRANT pg_read_all_data TO auditor')
  // More than it needs: what keeps it from writing is not its rights alone.
  await postgres.sql(`CREATE DATABASE "a=b 'c"`)
  await postgres.sql(
    `CREATE TABLE kept (id int PRIMARY KEY, note text); GRANT ALL ON kept TO auditor;
     INSERT INTO kept VALUES (1, 'a,"b"' || chr(10) || 'c'), (2, ''), (3, NULL)`,
    "a=b 'c",
  )
})
afterAll(() => postgres[Symbol.asyncDispose]())

async function ask(query: string, database = "a=b 'c") {
  return queryAnswer.parse(
    await machineVerbs['postgres-query']?.({ database, query, rehearsal: null }, postgres.machine),
  )
}

test('a query is answered cell by cell, null and emptiness told apart', async () => {
  expect(await ask('SELECT id, note FROM kept ORDER BY id; -- all')).toMatchObject({
    columns: ['id', 'note'],
    rows: [
      ['1', 'a,"b"\nc'],
      ['2', ''],
      ['3', null],
    ],
    isCut: false,
    problem: null,
  })
})

test('of many rows and of long cells the beginning is told', async () => {
  const { rows, isCut } = await ask(`SELECT n, repeat('ä', 2000) FROM generate_series(1, 1000) n`)
  expect(isCut).toBe(true)
  expect(rows.length).toBeGreaterThan(50)
  expect(rows[0]?.[1]).toHaveLength(1_000)
  expect(JSON.stringify(rows).length).toBeLessThan(500_000)
  expect((await ask('SELECT n FROM generate_series(1, 101) n')).rows).toHaveLength(100)
})

test('rows that would fill the node’s memory are not fetched', async () => {
  const huge = await ask(`SELECT repeat('x', 50000000) FROM generate_series(1, 4)`)
  expect(huge).toMatchObject({ rows: [], problem: expect.stringMatching(/too large to be shown|did not answer/) })
})

test.each([
  String.raw`\! touch PWNED`,
  String.raw`  \! touch PWNED`,
  `\n\n\\! touch PWNED`,
  String.raw`SELECT 'touch PWNED' \g | sh`,
  String.raw`SELECT 'CREATE TABLE made (a int)' \gexec`,
  String.raw`\copy kept to 'PWNED'`,
  String.raw`SELECT 1; \! touch PWNED`,
  String.raw`SELECT 1 $q$ $b$ ; \! touch PWNED`,
  `COPY kept TO PROGRAM 'touch PWNED'`,
  `COPY (SELECT 1) TO 'PWNED'`,
  'SELECT 1; DELETE FROM kept',
  'COMMIT; DELETE FROM kept',
  'BEGIN READ WRITE; DELETE FROM kept; COMMIT',
  'SET TRANSACTION READ WRITE; DELETE FROM kept',
  'DELETE FROM kept RETURNING id',
  'WITH gone AS (DELETE FROM kept RETURNING id) SELECT * FROM gone',
  `SELECT set_config('transaction_read_only', 'off', false)`,
  `SELECT set_config('transaction_read_only', 'off', true), nextval('x')`,
  'SET default_transaction_read_only = off',
  `SELECT lo_export(1, 'PWNED')`,
  `SELECT pg_read_file('/etc/passwd')`,
  'CREATE TABLE made (a int)',
  'DROP TABLE kept',
  'SELECT 1 INTO made',
  'CALL x()',
  'VACUUM',
  'RESET ROLE',
  '*/ DELETE FROM kept; /*',
  `$q$; DELETE FROM kept; --`,
  ' ',
  ';',
  'SELECT 1\0',
])('%j does nothing, and says so', async (text) => {
  const query = text.replaceAll('PWNED', join(postgres.folder, 'pwned'))
  const answer = await ask(query)
  expect(answer.problem).toMatch(/\w/)
  expect(answer.rows).toEqual([])
  expect(existsSync(join(postgres.folder, 'pwned'))).toBe(false)
  expect(await postgres.sql(`SELECT count(*), to_regclass('made') FROM kept`, "a=b 'c")).toBe('3|')
})

test('what is wrong with it is told in the words of Postgres, with its hint', async () => {
  expect((await ask('SELECT nota FROM kept')).problem).toMatch(/column "nota" does not exist.*"kept\.note"/)
  expect((await ask('SELECT 1/0')).problem).toBe('division by zero.')
  expect((await ask('SELECT 1', 'nowhere')).problem).toContain('database "nowhere" does not exist')
  expect((await ask('SELECT 1; SELECT 2')).problem).toContain('not exactly one statement')
})

test.each([
  ['ALTER ROLE auditor SUPERUSER', 'ALTER ROLE auditor NOSUPERUSER', 'auditor is a superuser'],
  ['ALTER ROLE auditor CREATEDB', 'ALTER ROLE auditor NOCREATEDB', 'may make databases'],
  ['ALTER ROLE auditor CREATEROLE', 'ALTER ROLE auditor NOCREATEROLE', 'may make roles'],
  ['ALTER ROLE auditor REPLICATION', 'ALTER ROLE auditor NOREPLICATION', 'may replicate'],
  [
    'CREATE ROLE between; GRANT pg_execute_server_program TO between; GRANT between TO auditor',
    'DROP ROLE between',
    'member of pg_execute_server_program',
  ],
  [
    'ALTER ROLE auditor NOINHERIT; CREATE ROLE boss SUPERUSER; GRANT boss TO auditor',
    'ALTER ROLE auditor INHERIT; DROP ROLE boss',
    'boss is a superuser',
  ],
  ['GRANT pg_write_all_data TO auditor', 'REVOKE pg_write_all_data FROM auditor', 'member of pg_write_all_data'],
])('%s: such a role asks nothing', async (grant, take, problem) => {
  await postgres.sql(grant)
  expect((await ask('SELECT 1')).problem).toContain(problem)
  await postgres.sql(take)
  expect((await ask('SELECT 1')).problem).toBeNull()
})

test('a role that is not there, and none at all', async () => {
  const { config } = postgres.machine
  const as = (checkUser: string | null) => ({
    ...postgres.machine,
    config: { ...config, postgres: { ...config.postgres, checkUser } },
  })
  const args = { database: 'postgres', query: 'SELECT 1', rehearsal: null }
  expect(await machineVerbs['postgres-query']?.(args, as(`o'x`))).toMatchObject({
    problem: expect.stringContaining('no role'),
  })
  await expect(machineVerbs['postgres-query']?.(args, as(null))).rejects.toThrow('check_user')
})

test('of a table that a transaction holds the others are told all the same, and why it has no answer', async () => {
  // As a recovery does that stops just before the commit of what dropped it.
  const lock = 'BEGIN; LOCK TABLE kept IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)'
  const held = postgres.sql(lock, "a=b 'c").catch((error: unknown) => String(error))
  await expect
    .poll(
      async () =>
        (await ask(`SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted`)).rows[0]?.[0],
      {
        timeout: 60_000,
      },
    )
    .not.toBe('0')
  const seen = tablesSeen.parse(await machineVerbs['postgres-tables']?.({ rehearsal: null }, postgres.machine))
  expect(seen.tables.map(({ name }) => name)).toContain('kept')
  expect(await ask('SELECT count(*) FROM kept')).toMatchObject({ problem: expect.stringContaining('is locked') })
  await postgres.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '${lock}'`)
  expect(await held).toContain('terminat')
})

test('the greatest tables are listed over all databases, and small ones counted', async () => {
  await postgres.sql(`CREATE TABLE "Grün ""x""" AS SELECT n FROM generate_series(1, 20000) n`)
  const seen = tablesSeen.parse(await machineVerbs['postgres-tables']?.({ rehearsal: null }, postgres.machine))
  expect(seen).toMatchObject({
    tables: [
      { database: 'postgres', schema: 'public', name: 'Grün "x"', rows: 20_000, isCounted: true },
      { database: "a=b 'c", name: 'kept', rows: 3, isCounted: true },
    ],
    problems: [],
  })
})
