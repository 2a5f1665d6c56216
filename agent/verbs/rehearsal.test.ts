import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentConfig } from '#agent/config/agent-config.ts'
import { amcheckResult } from '#agent/protocol/results.ts'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { rehearsalRestoreProgram } from './pgbackrest-programs.ts'
import { AmcheckReading } from './read-amcheck.ts'
import { databaseWord } from './rehearsal-client.ts'
import { rehearsalArguments } from './rehearsal-command.ts'
import { rehearsalDiscard } from './rehearsal-discard.ts'
import { quoted } from './quoted.ts'
import { rehearsalFetch } from './rehearsal-fetch.ts'
import { rehearsalConnection, rehearsalPlace, rehearsalPostmaster, rehearsalsOf } from './rehearsal-place.ts'

const name = '0f8fad5b-d9cb-469f-a165-70867728950e'
const machine = (config: AgentConfig) => ({ config, signal: AbortSignal.timeout(10_000), say: () => {} })

async function inFolder(body: (config: AgentConfig, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matriarch-rehearsal-'))
  await body(blankConfig(folder), folder)
  await rm(folder, { recursive: true })
}

test('a rehearsal lives beside the data folder, or where agent.toml wants it', () => {
  const config = blankConfig('/srv/x')
  expect(rehearsalPlace(config, name).root).toBe(`/srv/x/data.matriarch-rehearsal-${name}`)
  const elsewhere = rehearsalPlace({ ...config, rehearsal: { folder: '/big' } }, name)
  expect(elsewhere).toMatchObject({
    root: `/big/data.matriarch-rehearsal-${name}`,
    file: `/big/data.matriarch-rehearsal-${name}.dump`,
  })
  expect(() => rehearsalPlace(config, '../../etc')).toThrow('no name of a rehearsal')
  expect(() => rehearsalPlace({ ...config, rehearsal: { folder: '/big/../etc' } }, name)).toThrow('absolute path')
})

test('its restore goes nowhere but into its own folders', () => {
  const target = { type: 'time', value: '2026-11-25 18:00:00.000000+00', exclusive: false } as const
  const args = { stanza: 'demo', repository: 2, set: '20261125-151627F', target, timeline: 3 }
  const { argv } = rehearsalRestoreProgram(blankConfig('/srv/x'), args, {
    data: '/d',
    tablespaces: '/t',
    isBegun: false,
  })
  expect(argv).toEqual(
    expect.arrayContaining([
      '--pg1-path=/d',
      '--tablespace-map-all=/t',
      '--reset-tablespace-map',
      '--no-link-all',
      '--archive-mode=off',
      '--set=20261125-151627F',
      '--target-timeline=3',
      '--target-action=promote',
    ]),
  )
  expect(argv).not.toContain('--delta')
})

test('its Postgres reaches nobody and is reached by its own user alone', () => {
  const config = blankConfig('/srv/it’s')
  const place = rehearsalPlace(config, name)
  const control = { 'max_prepared_xacts setting': '64', 'max_locks_per_xact setting': '; rm' }
  const words = rehearsalArguments(config, place, 5999, { repository: 2, majorVersion: 15, control, libraries: 'a, b' })
  expect(words).toEqual(
    expect.arrayContaining([
      'listen_addresses=',
      'port=5999',
      'unix_socket_permissions=0700',
      `config_file=${place.root}/postgresql.conf`,
      'archive_mode=off',
      'archive_library=',
      'primary_conninfo=',
      'recovery_end_command=',
      'max_worker_processes=0',
      'max_logical_replication_workers=0',
      'shared_preload_libraries=a, b',
      'max_prepared_transactions=64',
    ]),
  )
  expect(words.join('\n')).not.toContain('; rm')
  const fetches = words.find((word) => word.startsWith('restore_command='))
  expect(fetches).toContain(` --repo=2 '--pg1-path=/srv/it’s/data.matriarch-rehearsal-${name}/data' --no-archive-async`)
  expect(fetches).toMatch(/ archive-get %f "%p"$/)
})

test('only what belongs to it is discarded, and what its links lead to stays', () =>
  inFolder(async (config, folder) => {
    const place = rehearsalPlace(config, name)
    const outside = join(folder, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'kept'), '')
    await mkdir(place.data, { recursive: true })
    await symlink(outside, join(place.data, 'pg_wal'))
    await writeFile(place.file, 'dump')
    await writeFile(place.fileFacts, JSON.stringify({ args: {}, bytes: 4, sha256: 'x' }))
    expect(await rehearsalsOf(config)).toEqual([{ name, hasFile: true }])
    expect(await rehearsalDiscard(machine(config), { name, keepsFile: true })).toContain('is deleted')
    expect(await rehearsalFetch({ config }, { name, offset: 1 })).toEqual({
      offset: 1,
      base64: Buffer.from('ump').toString('base64'),
      totalBytes: 4,
      sha256: 'x',
    })
    expect(await rehearsalDiscard(machine(config), { name, keepsFile: false })).toContain('before')
    await expect(rehearsalFetch({ config }, { name, offset: 0 })).rejects.toMatchObject({ code: 'not-found' })
    expect(await readdir(outside)).toEqual(['kept'])
    await symlink(outside, place.root)
    await expect(rehearsalDiscard(machine(config), { name, keepsFile: false })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await readdir(outside)).toEqual(['kept'])
  }))

test('the number of another process is not taken for its Postgres', () =>
  inFolder(async (config) => {
    const place = rehearsalPlace(config, name)
    await mkdir(place.data, { recursive: true })
    await writeFile(join(place.data, 'postmaster.pid'), `${process.pid}\n${place.data}\n\n5999\n`)
    expect(await rehearsalPostmaster(place)).toBeNull()
    expect(await rehearsalConnection(place)).toBeNull()
  }))

test('names are no patterns, and a database is no connection string', () => {
  expect(quoted('a"*.b')).toBe('"a""*.b"')
  expect(databaseWord(String.raw`host=x user='a\b`)).toBe(String.raw`dbname='host=x user=\'a\\b'`)
})

function amcheckSaid(fixture: string, exitCode: number, errors: string[] = []) {
  const reading = new AmcheckReading(() => {})
  for (const line of fixture.split('\n')) reading.take(line, false)
  for (const line of errors) reading.take(line, true)
  return amcheckResult.parse(reading.end(exitCode))
}

test('each fault that amcheck finds is one sentence with its place', () => {
  const text = readFileSync(new URL('fixtures/amcheck.txt', import.meta.url), 'utf8')
  const seen = amcheckSaid(text, 2, ['557/557 relations (100%), 1700/1700 pages (100%)'])
  expect(seen).toMatchObject({ relations: 557, problem: null })
  expect(seen.faults).toHaveLength(3)
  expect(seen.faults[1]).toBe(
    'heap table "postgres.public.keep", block 3, offset 1: line pointer redirection to item at offset 32767 exceeds maximum offset 97',
  )
  expect(seen.faults[2]).toMatch(/^btree index "postgres.public.keep_pkey": ERROR: .*; DETAIL: .*; HINT: /)
})

test('of very many faults the first are listed, and an amcheck that cannot look is no clean one', () => {
  const many = Array.from({ length: 150 }, (_, at) => `heap table "a", block ${at}, offset 1:\n    bad`).join('\n')
  const { faults } = amcheckSaid(many, 2)
  expect(faults).toHaveLength(100)
  expect(faults.at(-1)).toBe('And 51 more faults, which are not listed.')
  const missing = 'pg_amcheck: error: query failed: ERROR:  could not open extension control file "amcheck.control"'
  expect(amcheckSaid('', 1, [missing])).toMatchObject({
    faults: [],
    problem: expect.stringContaining('amcheck.control'),
  })
})
