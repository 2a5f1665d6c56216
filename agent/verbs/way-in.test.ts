import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { recoveryStart } from '#agent/testing/recovery-start.ts'
import { testFolder } from '#agent/testing/test-folder.ts'
import { parsePatroniPostgres } from './patroni-postgres.ts'
import { recoveryAccess, recoveryArguments } from './recovery-command.ts'
import { wayInFaults, wayInOf } from './way-in.ts'

const config = blankConfig('/srv/x')

test.each([
  ['0.0.0.0:5432', null],
  ['"*:5432"', null],
  ['127.0.0.1:5432', null],
  ['10.0.1.11,127.0.0.1:5432', null],
  ['10.0.1.11:5432', '10.0.1.11'],
  ['10.0.1.11, 10.0.1.99:5432', '10.0.1.11'],
  ['pg-1.example', 'pg-1.example'],
  ['"[fd00::11]:5432"', 'fd00::11'],
  ['"[::]:5432"', '::1'],
])('where Postgres listens on %s, Patroni comes to %s besides localhost', async (listen, address) => {
  expect(await wayInOf(config, await parsePatroniPostgres(`postgresql: { listen: ${quoted(listen)} }`))).toEqual({
    address,
    socketFolders: ['/srv/x'],
    keepsTls: false,
  })
})

test('without a Patroni that can be read, and with one that says nothing, localhost is enough', async () => {
  const plain = { address: null, socketFolders: ['/srv/x'], keepsTls: false }
  expect(await wayInOf(config, null)).toEqual(plain)
  expect(await wayInOf(config, await parsePatroniPostgres('postgresql: {}'))).toEqual(plain)
})

test('a named address is listened on, and lets in from this machine alone', () => {
  const wayIn = { address: '10.0.1.11', socketFolders: ['/a', '/b'], keepsTls: true }
  const start = { ...recoveryStart, wayIn }
  const words = recoveryArguments(config, start)
  expect(words).toEqual(
    expect.arrayContaining(['listen_addresses=localhost,10.0.1.11', 'unix_socket_directories=/a,/b']),
  )
  expect(words).not.toContain('ssl=off')
  expect(recoveryArguments(config, { ...start, wayIn: { ...wayIn, keepsTls: false } })).toContain('ssl=off')
  const lines = recoveryAccess(config, wayIn).split('\n')
  expect(lines).toEqual(
    expect.arrayContaining(['host all "postgres" samehost md5', 'host replication all samehost md5']),
  )
  expect(recoveryAccess(config, { address: null })).not.toContain('samehost')
})

test.each([
  ['superuser: { sslmode: require }', true],
  ['superuser: { sslmode: verify-full }', true],
  ['replication: { sslmode: verify-ca }', true],
  ['superuser: { sslmode: prefer }', false],
])('TLS with %s: %s', async (authentication, keepsTls) => {
  const patroni = await parsePatroniPostgres(`postgresql: { authentication: { ${authentication} } }`)
  expect(await wayInOf(config, patroni)).toMatchObject({ keepsTls })
})

test('a socket of Patroni is made as well, unless it is the one by another name', async () => {
  await using node = await testFolder()
  const [own, other, linked] = ['own', 'other', 'linked'].map((name) => join(node.folder, name))
  await mkdir(own ?? '')
  await mkdir(other ?? '')
  await symlink('own', linked ?? '')
  const mine = { postgres: { ...config.postgres, socketFolder: own ?? '' } }
  const foldersWith = async (folders: string, uses = 'yes') => {
    const parameters = `parameters: { unix_socket_directories: "${folders}" }`
    const patroni = await parsePatroniPostgres(`postgresql: { use_unix_socket: ${uses}, ${parameters} }`)
    return (await wayInOf(mine, patroni)).socketFolders
  }
  expect(await foldersWith(`@abstract, ${other}`)).toEqual([own, other])
  expect(await foldersWith(`${other}`, 'no')).toEqual([own])
  expect(await foldersWith(`${linked}/`)).toEqual([own])
  expect(await foldersWith('/nowhere/at/all')).toEqual([own])
})

test.each([
  ['superuser: { username: admin, password: x }', /superuser on alpha is "admin" .* Name it as superuser/],
  ['superuser: { username: postgres, sslcert: /c, sslmode: verify-full }', /has a certificate and no password/],
])('%s is a fault', async (authentication, says) => {
  const patroni = await parsePatroniPostgres(`postgresql: { authentication: { ${authentication} } }`)
  expect(wayInFaults(config, patroni)).toEqual([expect.stringMatching(says)])
})

test.each([
  'authentication: { superuser: { username: postgres, password: x, sslcert: /c } }',
  'authentication: { superuser: { username: postgres, password: null } }',
  'use_unix_socket: true, authentication: { superuser: { username: postgres, sslcert: /c } }',
  '',
])('{ %s } is none', async (yaml) => {
  expect(wayInFaults(config, await parsePatroniPostgres(`postgresql: { ${yaml} }`))).toEqual([])
})

function quoted(yaml: string): string {
  return yaml.startsWith('"') ? yaml : `"${yaml}"`
}
