import { expect, test } from 'vitest'
import { verbs } from '#agent/protocol/verbs.ts'
import { parseConfig } from './parse-config.ts'
import { vetoedVerbs, vetoFamilies } from './veto-families.ts'

const smallest = `
node = "pg-1"
[listen]
host = "10.0.0.1"
[postgres]
data_folder = "/var/lib/postgresql/15/main"
bin_folder = "/usr/lib/postgresql/15/bin"
[pgbackrest]
stanza = "main"
[patroni]
config_file = "/etc/patroni/config.yml"
`

test('what is not said has its usual value', () => {
  const config = parseConfig(smallest, 'agent.toml')
  expect(config.listen).toEqual({ host: '10.0.0.1', port: 8009 })
  expect(config.postgres.user).toBe('postgres')
  expect(config.patroni.service.stop).toEqual(['/usr/bin/systemctl', 'stop', 'patroni'])
  expect(config.become).toEqual({ postgres: ['sudo', '-n', '-u', 'postgres'], service: ['sudo', '-n'] })
  expect(config.vetoed).toEqual([])
  expect(config.postgres).toMatchObject({ superuser: 'postgres', checkUser: null, configFile: null })
  expect(config.pgbouncer).toBeNull()
})

test('sudo becomes the user that Postgres runs as', () => {
  const config = parseConfig(smallest.replace('[postgres]', '[postgres]\nuser = "pg"'), 'agent.toml')
  expect(config.become.postgres).toEqual(['sudo', '-n', '-u', 'pg'])
})

test('a superuser of another name, who checks, and the pooler', () => {
  const more = '[postgres]\nuser = "pg"\nsuperuser = "admin"\ncheck_user = "auditor"'
  const config = parseConfig(`${smallest.replace('[postgres]', more)}\n[pgbouncer]\nport = 6433`, 'agent.toml')
  expect(config.postgres).toMatchObject({ user: 'pg', superuser: 'admin', checkUser: 'auditor' })
  expect(config.pgbouncer).toEqual({ port: 6433, socketFolder: '/var/run/postgresql', user: 'pgbouncer' })
})

test('an empty list says that the agent is that user already', () => {
  const config = parseConfig(`${smallest}\n[become]\npostgres = []\nservice = []`, 'agent.toml')
  expect(config.become).toEqual({ postgres: [], service: [] })
})

test('a veto forbids a verb or a family', () => {
  const config = parseConfig(`${smallest}\n[veto]\nrestore = false\npatroni-stop = false\nlogs = true`, 'agent.toml')
  expect(config.vetoed).toEqual(['restore', 'patroni-stop'])
  expect(vetoedVerbs(config.vetoed)).toEqual([...vetoFamilies.restore, 'patroni-stop'])
})

test.each(['restores', 'toString', 'Restore'])('a veto named %s is told, not ignored', (name) => {
  expect(() => parseConfig(`${smallest}\n[veto]\n"${name}" = false`, 'agent.toml')).toThrow(
    /agent\.toml.*forbid nothing/s,
  )
})

test.each([
  ['stanze = "x"', /agent\.toml: patroni\.stanze means nothing here/],
  ['log_file = "relative"', /agent\.toml: patroni\.log_file: must be an absolute path/],
  ['[patroni.service]\nstop = []', /patroni\.service\.stop: must name a program/],
  ['[pgbouncer]\nuser = "a b"', /pgbouncer\.user: must be the name of a role/],
  ['[veto]\nrestore = "no"', /veto\.restore/],
  ['= 3', /agent\.toml is not TOML/],
])('%s is told by its key', (line, message) => {
  expect(() => parseConfig(`${smallest}\n${line}`, 'agent.toml')).toThrow(message)
})

test('every verb that changes something belongs to a family', () => {
  const named = new Set(Object.values(vetoFamilies).flat().map(String))
  const changing = Object.entries(verbs).filter(([, verb]) => verb.danger !== 'read')
  expect(changing.map(([name]) => name).filter((name) => !named.has(name))).toEqual([])
})
