import { expect, test } from 'vitest'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { fixture } from '../testing/fixture.ts'
import { parseInfo } from './parse-info.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }

function recorded(name: string): BackupStanza | undefined {
  const stanzas = parseInfo(fixture(`pgbackrest/fixtures/2.45-info-${name}.json`), target)
  expect(stanzas.length).toBeLessThan(2)
  return stanzas[0]
}

test('a recorded stanza tells its backups with what each needs', () => {
  const stanza = recorded('ok')
  expect(stanza).toMatchObject({ name: 'main', cipher: 'aes-256-cbc', statusCode: 0, backup: { isRunning: false } })
  expect(stanza?.databases).toEqual([{ id: 1, repository: 1, systemIdentifier: '7712127605469610098', version: '15' }])
  expect(stanza?.backups.map(({ type }) => type)).toEqual(['full', 'diff', 'incr'])
  expect(stanza?.backups[0]).toEqual({
    label: '20261125-151358F',
    type: 'full',
    repository: 1,
    startedAt: new Date('2026-11-25T15:13:58Z'),
    stoppedAt: new Date('2026-11-25T15:14:03Z'),
    sizeBytes: 23_025_373,
    deltaBytes: 23_025_373,
    repositorySizeBytes: 3_003_856,
    repositoryDeltaBytes: 3_003_856,
    prior: null,
    references: [],
    walStart: '000000010000000000000002',
    walStop: '000000010000000000000002',
    lsnStart: 0x2000028,
    lsnStop: 0x2000100,
    timeline: 1,
    hasPageErrors: false,
    annotations: { why: 'baseline' },
    isOfThisCluster: true,
  })
  expect(stanza?.backups[2]).toMatchObject({
    prior: '20261125-151358F_20261125-151404D',
    references: ['20261125-151358F', '20261125-151358F_20261125-151404D'],
  })
})

test('no stanza in any repository is an empty list', () => {
  expect(recorded('empty-repository')).toBeUndefined()
})

test.each([
  ['no-stanza', 1, 'missing stanza path'],
  ['no-backup', 2, 'no valid backups'],
  ['missing-stanza-data', 3, 'missing stanza data'],
  ['set-missing', 6, 'requested backup not found'],
])('recorded: %s is status %i of the repository', (name, statusCode, message) => {
  expect(recorded(name)).toMatchObject({ statusCode, repositories: [{ key: 1, statusCode, message }] })
})

test.each([
  ['damaged', 'CryptoError: cipher header missing'],
  ['wrong-cipher', 'key/value found outside of section'],
  ['no-cipher', 'key/value found outside of section'],
])('recorded: a repository that cannot be read (%s) says why, whatever bytes it quotes', (name, why) => {
  const repository = recorded(name)?.repositories[0]
  expect(repository).toMatchObject({ statusCode: 99, message: expect.stringContaining(why) })
  expect(repository?.message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})

test('recorded: a second repository without a stanza leaves the first as it is', () => {
  const stanza = recorded('two-repositories')
  expect(stanza?.statusCode).toBe(4)
  expect(stanza?.repositories.map(({ statusCode }) => statusCode)).toEqual([0, 1])
})

test('recorded: a backup that runs is a lock that is held, without sizes in 2.45', () => {
  expect(recorded('running')?.backup).toMatchObject({ isRunning: true, fraction: null, totalBytes: null })
})

test('recorded: pages that failed their checksum mark the backup', () => {
  expect(
    recorded('page-errors')
      ?.backups.map(({ hasPageErrors }) => hasPageErrors)
      .filter(Boolean),
  ).toHaveLength(1)
})

test('recorded: backups after a recovery are on the new timeline', () => {
  expect(recorded('timelines')?.backups.map(({ timeline }) => timeline)).toEqual([1, 1, 1, 1, 2])
})

const locks: [string, unknown, unknown][] = [
  [
    '2.48',
    { backup: { held: true, size: 1000, 'size-cplt': 250 } },
    { fraction: 0.25, totalBytes: 1000, doneBytes: 250 },
  ],
  ['2.48, before copying', { backup: { held: true } }, { fraction: null }],
  [
    '2.59',
    {
      backup: {
        held: true,
        repo: [
          { key: 1, size: 100, 'size-cplt': 50 },
          { key: 2, size: 300, 'size-cplt': 50 },
        ],
      },
    },
    { fraction: 0.25, repositories: [{ repository: 1 }, { repository: 2, totalBytes: 300, doneBytes: 50 }] },
  ],
]

function withLock(lock: unknown): string {
  return JSON.stringify([{ name: 'main', status: { code: 0, message: 'ok', lock } }])
}

test.each(locks)('the lock as %s writes it (from its source) tells the progress', (_, lock, progress) => {
  expect(parseInfo(withLock(lock), target)[0]?.backup).toMatchObject({ isRunning: true, ...Object(progress) })
})

test('the restore lock of 2.56 (from its source) tells how far a restore is', () => {
  const lock = { backup: { held: false }, restore: { held: true, size: 10, 'size-cplt': 9 } }
  expect(parseInfo(withLock(lock), target)[0]).toMatchObject({
    backup: { isRunning: false },
    restore: { isRunning: true, fraction: 0.9 },
  })
})

const bare = {
  label: '20261124-010000F',
  type: 'full',
  prior: null,
  reference: null,
  archive: { start: null, stop: null },
  database: { id: 1, 'repo-key': 1 },
  info: { size: 5, delta: 5, repository: { delta: 2, 'size-map': 1 } },
  timestamp: { start: 1_795_482_000, stop: 1_795_482_600 },
}

function withBackup(backup: unknown): string {
  const db =
    '"db":[{"id":1,"repo-key":1,"system-id":18446744073709551615,"version":"15"},{"id":2,"repo-key":1,"system-id":7,"version":"16"}]'
  return `[{"name":"main","later":{"a":1},"status":{"code":0,"message":"ok"},${db},"backup":[${JSON.stringify(backup)}]}]`
}

test('a backup without WAL, of an earlier cluster, with block incremental', () => {
  expect(parseInfo(withBackup(bare), target)[0]).toMatchObject({
    databases: [{ systemIdentifier: '18446744073709551615' }, { systemIdentifier: '7' }],
    backups: [
      {
        walStart: null,
        lsnStop: null,
        timeline: null,
        hasPageErrors: null,
        repositorySizeBytes: null,
        isOfThisCluster: false,
      },
    ],
  })
})

test('annotations that name harmful keys or look like an identifier stay texts', () => {
  const annotation = '{"__proto__":"x","constructor":"y","note":"\\"system-id\\":5","z\\u0000":"a\\nb"}'
  const body = withBackup({ ...bare, annotation: 'HERE' }).replace('"HERE"', annotation)
  expect(parseInfo(body, target)[0]?.backups[0]?.annotations).toEqual({ note: '"system-id":5', 'z\uFFFD': 'a\uFFFDb' })
})

test.each(['', '[', '{}', 'null', 'WARN: x\n[]', '[{"name":5}]', '[{"name":"a"}]'])(
  '%j is told as a problem',
  (body) => {
    expect(() => parseInfo(body, target)).toThrow(/pg-node-1|10\.0\.1\.10/)
  },
)
