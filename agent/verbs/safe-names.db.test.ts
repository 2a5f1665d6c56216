import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestPostgres, testPostgres } from '#agent/testing/test-postgres.ts'
import { liveDatabases, liveNames } from './live-relations.ts'
import type { Machine } from './machine.ts'
import { rehearsalDump } from './rehearsal-dump.ts'
import { rehearsalPlace } from './rehearsal-place.ts'

// What anybody may put into a schema of a database, to be called by a superuser who asks there without naming the schema of what is meant.
const trap = `
  CREATE TABLE caught (by text);
  CREATE FUNCTION trap(text, name) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO public.caught VALUES (current_user); RETURN $1; END $$;
  CREATE OPERATOR || (LEFTARG = text, RIGHTARG = name, FUNCTION = trap);
  CREATE FUNCTION pg_partition_tree(oid) RETURNS TABLE (relid oid) LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO public.caught VALUES (current_user); RETURN QUERY SELECT $1; END $$;
  CREATE TABLE orders (id int) PARTITION BY RANGE (id);
  CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);`

const name = '0f8fad5b-d9cb-469f-a165-70867728950e'
let postgres: TestPostgres
let machine: Machine

beforeAll(async () => {
  postgres = await testPostgres((config) => ({
    ...config,
    postgres: { ...config.postgres, dataFolder: rehearsalPlace(config, name).data },
  }))
  const { config } = postgres.machine
  const dataFolder = join(postgres.folder, 'data')
  machine = { ...postgres.machine, config: { ...config, postgres: { ...config.postgres, dataFolder } } }
  const { run } = rehearsalPlace(machine.config, name)
  await postgres.program('/bin/mkdir', [run])
  await postgres.start([`-k ${postgres.folder},../run`])
  await postgres.sql(trap)
})
afterAll(() => postgres[Symbol.asyncDispose]())
beforeEach(() => postgres.sql('TRUNCATE caught'))

test('a dropped table is named without calling what somebody put into the database', async () => {
  const place = { socketFolder: postgres.folder, port: 5432 }
  const { names } = await liveDatabases(machine, place)
  const database = [...names].find(([, each]) => each === 'postgres')?.[0] ?? ''
  const number = Number(await postgres.sql(`SELECT 'orders_1'::regclass::oid`))
  const { relations } = await liveNames(machine, place, names, [{ database, numbers: [number] }])
  expect(relations.map((one) => one.name)).toEqual(['public.orders_1'])
  expect(await postgres.sql('SELECT * FROM caught')).toBe('')
})

test('a table is taken out of a rehearsal without calling it either', async () => {
  await rehearsalDump(machine, { name, database: 'postgres', schema: 'public', table: 'orders' })
  expect(await postgres.sql('SELECT * FROM caught')).toBe('')
})
