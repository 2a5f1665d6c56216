import { chmod, readdir, rename, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '#agent/keys/make-certificate.ts'
import { archiving, type RecoveryCase, recoveryCase } from '#agent/testing/recovery-case.ts'
import { machineVerbs } from './machine-verbs.ts'

let world: RecoveryCase
let target: string

beforeAll(async () => {
  world = await recoveryCase()
  await world.leader.sql('CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)')
})
afterAll(() => world[Symbol.asyncDispose]())

test('where Patroni keeps the configuration outside the data folder, Postgres recovers with that one', async () => {
  const copy = await world.copy('apart')
  await writeOn()
  const { dataFolder } = copy.config.postgres
  const etc = join(world.leader.folder, 'etc')
  // As Debian's Patroni leaves it: what was there before is included, and it names a data folder of its own.
  await copy.write(
    join(etc, 'postgresql.conf'),
    `include 'postgresql.base.conf'\nwork_mem = '7MB'\nhba_file = '${etc}/pg_hba.conf'\nident_file = '${etc}/pg_ident.conf'\n`,
  )
  await rename(join(dataFolder, 'postgresql.conf'), join(etc, 'postgresql.base.conf'))
  await rename(join(dataFolder, 'pg_ident.conf'), join(etc, 'pg_ident.conf'))
  await copy.write(join(etc, 'postgresql.base.conf'), `data_directory = '/nowhere'\nexternal_pid_file = '${etc}/pid'\n`)
  await copy.aimAt(target)
  await expect(copy.recover()).rejects.toThrow(/configuration file was not found on alpha.* name it as config_file/)
  await copy.write(copy.config.patroni.configFile, `postgresql:\n  config_dir: ${etc}\n`)
  expect(await copy.recover()).toMatchObject({
    state: 'paused',
    isAnswering: true,
    stoppedAt: { how: 'before commit' },
  })
  expect(await copy.ask('SELECT count(*) FROM kept')).toBe('1')
  expect(await copy.ask('SHOW config_file')).toBe(join(etc, 'postgresql.conf'))
  expect(await copy.ask('SHOW data_directory')).toBe(dataFolder)
  expect(await copy.ask('SHOW work_mem')).toBe('7MB')
  expect(await copy.ask('SHOW hba_file')).toBe(`${dataFolder}.matriarch-hba.conf`)
  await copy.write(copy.config.patroni.configFile, `postgresql: {}\n`)
  const named = { ...copy.config.postgres, configFile: join(etc, 'postgresql.conf') }
  await world.leader.program('pg_ctl', ['-D', dataFolder, '-m', 'fast', '-w', 'stop'])
  expect(await copy.recover({ ...copy.config, postgres: named })).toMatchObject({ state: 'paused' })
  const machine = { ...world.leader.machine, config: { ...copy.config, postgres: named } }
  expect(await machineVerbs['postgres-promote']?.({}, machine)).toMatchObject({ state: 'promoted', newTimeline: 2 })
})

test('a Postgres that ends before its log begins is told by its own words', async () => {
  const copy = await world.copy('broken')
  await writeOn()
  await copy.aimAt(target)
  const { dataFolder } = copy.config.postgres
  await copy.write(join(dataFolder, 'postgresql.conf'), "include 'gone.conf'\n")
  await expect(copy.recover()).rejects.toThrow(/The recovery failed: .*could not open configuration file ".*gone\.conf/)
  await copy.write(join(dataFolder, 'postgresql.conf'), 'no_such_setting = 1\n')
  await expect(copy.recover()).rejects.toThrow(/unrecognized configuration parameter "no_such_setting"/)
  expect(dirname(dataFolder)).toBe(world.leader.folder)
})

test('Patroni comes in by the address and the TLS that its configuration asks for, and nobody else does', async () => {
  await world.leader.sql("ALTER ROLE postgres PASSWORD 'secret'; CREATE ROLE app LOGIN PASSWORD 'secret'")
  const copy = await world.copy('named')
  await writeOn()
  await copy.aimAt(target)
  const { dataFolder, port } = copy.config.postgres
  const { key, certificate } = await makeCertificate('alpha')
  await copy.write(join(dataFolder, 'server.key'), key)
  await copy.write(join(dataFolder, 'server.crt'), certificate)
  await copy.write(join(dataFolder, 'postgresql.conf'), 'ssl = on\n')
  const authentication = 'authentication: { superuser: { username: postgres, password: secret, sslmode: require } }'
  await copy.write(copy.config.patroni.configFile, `postgresql: { listen: "127.0.0.2:${port}", ${authentication} }\n`)
  expect(await copy.recover()).toMatchObject({ state: 'paused', isAnswering: true })
  const by = (user: string, host: string) =>
    world.leader.program('psql', [
      '-XAtwd',
      `host=${host} port=${port} user=${user} password=secret dbname=postgres sslmode=require`,
      '-c',
      'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
    ])
  expect(await by('postgres', '127.0.0.2')).toBe('t')
  expect(await by('postgres', '127.0.0.1')).toBe('t')
  await expect(by('app', '127.0.0.2')).rejects.toThrow('no pg_hba.conf entry')
})

test('a Postgres that stands at its target right after it was asked in vain is asked once more', async () => {
  const copy = await world.copy('late')
  await writeOn()
  await copy.aimAt(target)
  const { binFolder, dataFolder } = copy.config.postgres
  const own = join(world.leader.folder, 'bin')
  // Asked first, it is turned away, and meanwhile Postgres comes to its target.
  const script = `#!/bin/sh
[ -e ${own}/asked ] && exec ${binFolder}/psql "$@"
until grep -q 'pausing at the end of recovery' ${dataFolder}.matriarch-recovery.log; do sleep 0.05; done
touch ${own}/asked
exit 2
`
  await copy.write(join(own, 'psql'), script)
  await chmod(join(own, 'psql'), 0o755)
  for (const name of await readdir(binFolder))
    if (name !== 'psql') await symlink(join(binFolder, name), join(own, name))
  const config = { ...copy.config, postgres: { ...copy.config.postgres, binFolder: own } }
  expect(await copy.recover(config)).toMatchObject({
    state: 'paused',
    isAnswering: true,
    replayedLsn: expect.any(String),
  })
})

test('what was raised between the backup and the target does not stop a recovery', { timeout: 240_000 }, async () => {
  const copy = await world.copy('raised')
  await world.leader.stop()
  await world.leader.start([
    ...archiving(world.archive),
    '-c max_connections=150',
    '-c max_prepared_transactions=7',
    '-c max_worker_processes=11',
    '-c max_wal_senders=13',
    '-c max_locks_per_transaction=80',
  ])
  await writeOn()
  await copy.aimAt(target)
  const { dataFolder } = copy.config.postgres
  // Nobody knows of it: Postgres stands still before the target, and that is no target reached.
  await expect(copy.recover()).rejects.toThrow('insufficient parameter settings')
  await world.leader.program('pg_ctl', ['-D', dataFolder, '-m', 'immediate', '-w', 'stop'])
  // The data of before is set aside: what it was run with, the WAL was written with.
  const aside = `${dataFolder}.matriarch-0f8fad5b-d9cb-469f-a165-70867728950e`
  await world.leader.program('/bin/mkdir', ['-p', join(aside, 'global')])
  await world.leader.program('/bin/cp', [
    join(world.leader.machine.config.postgres.dataFolder, 'global/pg_control'),
    join(aside, 'global'),
  ])
  expect(await copy.recover()).toMatchObject({ state: 'paused', isAnswering: true, failure: null })
  expect(await copy.ask('SHOW max_connections')).toBe('150')
  expect(await copy.ask('SHOW max_prepared_transactions')).toBe('7')
  expect(await copy.ask('SHOW max_locks_per_transaction')).toBe('80')
  // Told, it counts where it is greater.
  await world.leader.program('pg_ctl', ['-D', dataFolder, '-m', 'immediate', '-w', 'stop'])
  await copy.recover(copy.config, { max_connections: 160, max_locks_per_transaction: 64 })
  expect(await copy.ask('SHOW max_connections')).toBe('160')
  expect(await copy.ask('SHOW max_locks_per_transaction')).toBe('80')
})

/** A target, with a commit after it that is archived. */
async function writeOn(): Promise<void> {
  target = await world.moment()
  await world.leader.sql('INSERT INTO kept VALUES (2)')
  await world.archiveAll()
}
