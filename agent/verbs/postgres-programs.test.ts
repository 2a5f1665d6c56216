import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { controlData } from '#agent/protocol/results.ts'
import { blankConfig } from '#agent/testing/built-agent.ts'
import { recoveryStart } from '#agent/testing/recovery-start.ts'
import { posixPaths } from './facts.ts'
import { parseControlData } from './postgres-programs.ts'
import { recoveryAccess, recoveryArguments } from './recovery-command.ts'

test('pg_controldata is read by the names of its lines, colons in values and all', () => {
  const text = readFileSync(new URL('fixtures/controldata.txt', import.meta.url), 'utf8')
  expect(controlData.parse(parseControlData(text))).toMatchObject({
    'Database system identifier': '7712128234402829926',
    "Latest checkpoint's TimeLineID": '2',
    "Latest checkpoint's NextXID": '0:726',
    'pg_control last modified': 'Wed Nov 25 15:17:27 2026',
  })
})

test('the Postgres that recovers archives nothing and listens on this machine alone', () => {
  const words = recoveryArguments(blankConfig('/srv/x'), { ...recoveryStart, majorVersion: 15 })
  expect(words.slice(0, 2)).toEqual(['-D', '/srv/x/data'])
  expect(words).toEqual(
    expect.arrayContaining([
      'listen_addresses=localhost',
      'port=5999',
      'archive_command=/bin/false',
      'archive_library=',
      'max_connections=150',
      'hba_file=/srv/x/data.matriarch-hba.conf',
      'logging_collector=off',
    ]),
  )
  expect(recoveryArguments(blankConfig('/srv/x'), { ...recoveryStart, majorVersion: 14 })).not.toContain(
    'archive_library=',
  )
})

test('who is named in agent.toml comes in to a recovery, and nobody else', () => {
  const { postgres } = blankConfig('/srv/x')
  expect(
    recoveryAccess({ postgres: { ...postgres, superuser: 'admin', checkUser: 'auditor' } }, recoveryStart.wayIn),
  ).toBe(
    `local all "admin","auditor" trust
local replication all trust
host all "admin" 127.0.0.1/32 md5
host replication all 127.0.0.1/32 md5
host all "admin" ::1/128 md5
host replication all ::1/128 md5
`,
  )
  expect(recoveryAccess({ postgres }, recoveryStart.wayIn)).toContain('local all "postgres" trust\n')
})

test('only repositories on own disks are measured', () => {
  const text =
    'repo1-path=/a\nrepo2-type=s3\nrepo2-path=/b\nrepo3-host=x\nrepo3-path=/c\nrepo4-type=posix\nrepo4-path = /d d \n'
  expect(posixPaths([{ path: 'x', text }])).toEqual(['/a', '/d d'])
})
