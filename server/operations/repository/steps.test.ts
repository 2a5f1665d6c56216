import { expect, test } from 'vitest'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { choreStage } from '../testing/chore-stage.ts'
import { conclude } from './conclude.ts'
import { doChore, worthTelling } from './do-chore.ts'
import { preflight } from './preflight.ts'
import { preview } from './preview.ts'

const info = fixture('pgbackrest/fixtures/2.45-info-two-repositories.json')
const labels = [...new Set(info.match(/\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?/g) ?? [])].toSorted()
const [oldest = ''] = labels
const quickly = { pollMs: 1, silentMs: 10 }
const archive = 'repo1: 15-1 remove archive, start = 000000010000000000000001, stop = 00000001000000000000000F'
const shown = {
  backups: [{ repository: 1, label: oldest }],
  archives: [{ repository: 1, archiveId: '15-1', first: '000000010000000000000001', last: '00000001000000000000000F' }],
}
const expire = { kind: 'repository-expire', preview: shown } as const

test('a repository is looked at before anything is done', async () => {
  const { at, facts } = await choreStage({ wish: expire, infos: [info] })
  expect(await preflight(at('preflight'), quickly)).toMatchObject({ kind: 'done' })
  expect(facts.labelsBefore).toContain(oldest)
})

test.each([
  [{ kind: 'repository-expire', repository: 7 }, 'refused', 'knows no repository 7', info],
  [{ kind: 'repository-verify' }, 'refused', 'knows no stanza main', '[]'],
  [{ kind: 'stanza-create' }, 'done', 'does not know the stanza main so far', '[]'],
] as const)('%j is %s', async (wish, kind, words, answer) => {
  const { at } = await choreStage({ wish, infos: [answer] })
  expect(await preflight(at('preflight'), quickly)).toMatchObject({ kind, detail: expect.stringContaining(words) })
})

test('what would go is asked anew, and more than was shown stops it', async () => {
  const result = { backups: [oldest], archives: [archive] }
  const same = await choreStage({ wish: expire, ends: { dry: { result } } })
  expect(await preview(same.at('preview'))).toMatchObject({ kind: 'done' })
  expect(same.begun).toEqual(['dry'])
  const more = await choreStage({
    wish: expire,
    ends: { dry: { result: { ...result, backups: [oldest, '20261126-010000F'] } } },
  })
  expect(await preview(more.at('preview'))).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining('1 backup would go: 20261126-010000F.'),
  })
  const unshown = await choreStage({ wish: { kind: 'repository-expire' }, ends: { dry: { result } } })
  expect(await preview(unshown.at('preview'))).toMatchObject({ kind: 'refused' })
})

test('what went is told, and more than was shown is told loudly', async () => {
  const left = info.replaceAll(new RegExp(`"label":"${oldest}"`, 'g'), '"label":"20261101-010000F"')
  const given = { wish: expire, infos: [left], facts: { labelsBefore: [oldest], wouldGo: shown } }
  const well = await choreStage({
    ...given,
    ends: { 'pgbackrest-expire': { result: { backups: [oldest], archives: [archive] } } },
  })
  expect(await doChore(well.at('do'))).toMatchObject({ kind: 'done' })
  expect(await conclude(well.at('conclude'), quickly)).toMatchObject({
    kind: 'done',
    detail: expect.stringContaining(`1 backup went: ${oldest}.`),
  })
  expect(well.facts.chore).toMatchObject({ isSound: true, findings: [], expired: shown })
  const more = [oldest, '20261124-010000F']
  const loud = await choreStage({
    ...given,
    ends: { 'pgbackrest-expire': { result: { backups: more, archives: [] } } },
  })
  await doChore(loud.at('do'))
  expect(await conclude(loud.at('conclude'), quickly)).toMatchObject({
    kind: 'failed',
    detail: expect.stringMatching(/^More went than was shown\. 1 backup went: 20261124-010000F\./),
  })
  expect(loud.facts.chore).toMatchObject({ isSound: false })
})

const counts = { missing: 0, checksumInvalid: 0, sizeInvalid: 0, other: 0 }
const whole = {
  isSound: true,
  archives: [{ archiveId: '15-1', checked: 10, valid: 10, ...counts }],
  backups: [{ label: oldest, status: 'valid', checked: 900, valid: 900, ...counts }],
}

test('a repository that is whole is told with the number of its files', async () => {
  const { at, facts } = await choreStage({
    wish: { kind: 'repository-verify' },
    ends: { 'pgbackrest-verify': { result: whole } },
  })
  await doChore(at('do'))
  expect(await conclude(at('conclude'))).toMatchObject({
    kind: 'done',
    detail: '910 files were read, and none is damaged or missing.',
  })
  expect(facts.chore).toMatchObject({ isSound: true, checkedFiles: 910 })
})

test('a verification that ended well and found damage has failed, and its result says what is damaged', async () => {
  const bad = { ...whole, isSound: false, backups: [{ ...whole.backups[0], status: 'invalid', checksumInvalid: 2 }] }
  const end = { state: 'failed', exitCode: 0, result: bad, problem: 'The repository is damaged.' } as const
  const { at, facts } = await choreStage({ wish: { kind: 'repository-verify' }, ends: { 'pgbackrest-verify': end } })
  expect(await doChore(at('do'))).toMatchObject({ kind: 'failed', detail: 'The repository is damaged.' })
  expect(facts.chore).toMatchObject({
    isSound: false,
    findings: [expect.stringContaining(`Backup ${oldest} is invalid: 2 files with a wrong checksum.`)],
  })
})

test('of what a verification says, the damaged file and the report are worth telling, each once', () => {
  const lines = [
    '2026-11-26 01:25:10.048 P00   INFO: verify command begin 2.45: --stanza=main',
    "2026-11-26 01:25:11.308 P03   INFO: invalid checksum '20261126-012152F/pg_data/base/5/2838.zst'",
    '                                      backup: 20261126-012152F, status: invalid',
    '  backup: 20261126-012152F, status: invalid',
    '    missing: 0, checksum invalid: 1, size invalid: 0, other: 0',
  ]
  expect(lines.map(worthTelling).filter((line) => line !== null)).toEqual([
    "invalid checksum '20261126-012152F/pg_data/base/5/2838.zst'",
    '  backup: 20261126-012152F, status: invalid',
  ])
})

test.each([
  [82, 'failed', /See whether archive_command works/],
  [50, 'refused', /Someone else is doing it/],
] as const)('exit code %i of a check is %s, in words', async (exitCode, kind, words) => {
  const problem = `"pgbackrest-check" ended with exit code ${exitCode}: ERROR: [0${exitCode}]: it says so`
  const { at } = await choreStage({ wish: {}, ends: { 'pgbackrest-check': { state: 'failed', exitCode, problem } } })
  expect(await doChore(at('do'))).toMatchObject({ kind, detail: expect.stringMatching(words) })
})

test('a stanza stands when it is known, not when the program ended well', async () => {
  const wish = { kind: 'stanza-create' } as const
  const made = fixture('pgbackrest/fixtures/2.45-info-no-backup.json')
  const well = await choreStage({ wish, infos: [made] })
  expect(await conclude(well.at('conclude'), quickly)).toMatchObject({ kind: 'done' })
  const bad = await choreStage({ wish, infos: ['[]'] })
  expect(await conclude(bad.at('conclude'), quickly)).toMatchObject({ kind: 'failed' })
})
